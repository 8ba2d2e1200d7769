import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType, type ValueInfoProto } from 'onnx-buf';
import type { DType } from '../array/array.ts';
import type { Shape } from '../graph/tensor.ts';

/** What can be read off a model file without running it. */
export interface ModelDescription {
  readonly inputs: readonly { name: string; shape: Shape; dtype: DType }[];
  readonly outputs: readonly { name: string; shape: Shape; dtype: DType }[];
  /** Operators in the order of the file. */
  readonly operators: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

const DTYPE: Partial<Record<TensorProto_DataType, DType>> = {
  [TensorProto_DataType.FLOAT]: 'float32',
  [TensorProto_DataType.DOUBLE]: 'float64',
  [TensorProto_DataType.INT32]: 'int32',
  [TensorProto_DataType.UINT8]: 'uint8',
  [TensorProto_DataType.INT64]: 'int64',
  [TensorProto_DataType.BOOL]: 'bool',
  [TensorProto_DataType.STRING]: 'string',
};

/** Names, shapes and metadata of an ONNX model. @throws Error when the bytes are no ONNX model */
export function describeModel(bytes: Uint8Array): ModelDescription {
  const model = fromBinary(ModelProtoSchema, bytes);
  if (!model.graph) throw new Error('onnx: the file holds no graph');
  return {
    inputs: model.graph.input.map(value),
    outputs: model.graph.output.map(value),
    operators: model.graph.node.map((node) => node.opType),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value: text }) => [key, text])),
  };
}

function value(info: ValueInfoProto): { name: string; shape: Shape; dtype: DType } {
  const type = info.type?.value;
  if (type?.case !== 'tensorType') throw new Error(`onnx: "${info.name}" is no tensor`);
  const dtype = DTYPE[type.value.elemType as TensorProto_DataType];
  if (!dtype) throw new Error(`onnx: "${info.name}" has element type ${type.value.elemType}, which is not supported`);
  const shape = (type.value.shape?.dim ?? []).map(({ value: dim }) =>
    dim.case === 'dimValue' ? Number(dim.value) : (dim.value ?? '?'),
  );
  return { name: info.name, shape, dtype };
}

import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { DType, NdArray } from '../array/array.ts';
import { topological } from '../graph/grad.ts';
import type { OnnxAttribute, Tensor, TensorType } from '../graph/tensor.ts';

const TYPE: Record<DType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  float64: TensorProto_DataType.DOUBLE,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
  string: TensorProto_DataType.STRING,
};

/** Opset 17 of ONNX, 3 of ai.onnx.ml, IR 9: what onnxruntime 1.30 and its browser build both run. */
const OPSETS = [
  { domain: '', version: 17n },
  { domain: 'ai.onnx.ml', version: 3n },
];

/**
 * Writes a graph as the bytes of an ONNX model. Equal sub-expressions become one node; aliases (stop-gradient) none.
 * @param outputs named results  @param metadata text pairs stored in the model
 */
export function encodeModel(
  outputs: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const nodes: NodeProto[] = [];
  const initializers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const names = new Map<Tensor, string>();
  const known = new Map<string, string>();
  /** One name for equal keys; `make` runs for the first. */
  const unique = (key: string, prefix: string, make: (name: string) => void) => {
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const name = `${prefix}${known.size}`;
    known.set(key, name);
    make(name);
    return name;
  };
  const store = (value: NdArray) =>
    unique(`${value.dtype}[${value.shape}]${contentKey(value)}`, 'c', (name) => initializers.push(tensor(name, value)));

  for (const t of topological(Object.values(outputs))) {
    const parts = t.inputs.map((x) => names.get(x) ?? '');
    const form = t.op.onnx;
    if (form === 'alias') names.set(t, parts[0]);
    else if (form === 'constant') names.set(t, t.value ? store(t.value) : '');
    else if (form === 'input') {
      const name = t.attributes.name as string;
      const known = inputs.some((v) => v.name === name);
      if (!known) inputs.push(valueInfo(name, t));
      names.set(t, name);
    } else {
      const node = form(t.attributes, t.inputs);
      const all = [...parts, ...(node.extra ?? []).map(store)];
      const key = `${node.domain ?? ''}:${node.type}(${all})${JSON.stringify(node.attributes ?? {})}`;
      const name = unique(key, 'v', (output) =>
        nodes.push(
          create(NodeProtoSchema, {
            opType: node.type,
            domain: node.domain ?? '',
            input: all,
            output: [output],
            attribute: Object.entries(node.attributes ?? {}).map(([label, value]) => attribute(label, value)),
          }),
        ),
      );
      names.set(t, name);
    }
  }
  // An output may be a value that also has another name (an input, a constant, twice the same): give it its own.
  const results = Object.entries(outputs).map(([name, t]) => {
    nodes.push(create(NodeProtoSchema, { opType: 'Identity', input: [names.get(t) ?? ''], output: [name] }));
    return valueInfo(name, t);
  });
  const model = create(ModelProtoSchema, {
    irVersion: 9n,
    producerName: 'evenhand',
    opsetImport: OPSETS.map((o) => create(OperatorSetIdProtoSchema, o)),
    metadataProps: Object.entries(metadata).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
    graph: create(GraphProtoSchema, {
      name: 'evenhand',
      node: nodes,
      initializer: initializers,
      input: inputs,
      output: results,
    }),
  });
  return toBinary(ModelProtoSchema, model);
}

/** Small constants are told apart by their content, large ones by identity. */
const identities = new WeakMap<object, number>();
let counter = 0;
function contentKey(value: NdArray): string {
  if (value.data.length <= 64) return [...value.data].join();
  const id = identities.get(value.data) ?? counter++;
  identities.set(value.data, id);
  return `#${id}`;
}

function tensor(name: string, value: NdArray): TensorProto {
  const dims = value.shape.map(BigInt);
  const dataType = TYPE[value.dtype];
  if (value.dtype === 'string')
    return create(TensorProtoSchema, {
      name,
      dims,
      dataType,
      stringData: (value.data as string[]).map((text) => new TextEncoder().encode(text)),
    });
  const { buffer, byteOffset, byteLength } = value.data as Float32Array;
  return create(TensorProtoSchema, {
    name,
    dims,
    dataType,
    rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
  });
}

function valueInfo(name: string, { shape, dtype }: TensorType): ValueInfoProto {
  const dim = shape.map((n) =>
    create(TensorShapeProto_DimensionSchema, {
      value: typeof n === 'string' ? { case: 'dimParam', value: n } : { case: 'dimValue', value: BigInt(n) },
    }),
  );
  const tensorType = create(TypeProto_TensorSchema, {
    elemType: TYPE[dtype],
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value: tensorType } }),
  });
}

function attribute(name: string, value: OnnxAttribute) {
  const { INT, FLOAT, STRING, INTS, STRINGS } = AttributeProto_AttributeType;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const fields =
    'int' in value
      ? { type: INT, i: BigInt(value.int) }
      : 'float' in value
        ? { type: FLOAT, f: value.float }
        : 'string' in value
          ? { type: STRING, s: bytes(value.string) }
          : 'ints' in value
            ? { type: INTS, ints: value.ints.map(BigInt) }
            : { type: STRINGS, strings: value.strings.map(bytes) };
  return create(AttributeProtoSchema, { name, ...fields });
}

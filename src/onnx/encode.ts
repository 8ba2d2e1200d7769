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
  uint8: TensorProto_DataType.UINT8,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
  string: TensorProto_DataType.STRING,
};

/** Opset 17 of ONNX, 3 of ai.onnx.ml, IR 9: what onnxruntime 1.30 and its browser build both run. */
const OPSETS = [
  { domain: '', version: 17n },
  { domain: 'ai.onnx.ml', version: 3n },
];
/** The runtime's own ops, named only in models that have them. */
const OWN = ['com.microsoft', 'com.microsoft.nchwc'].map((domain) => ({ domain, version: 1n }));

/**
 * Writes a graph as the bytes of an ONNX model. Equal sub-expressions become one node; aliases (stop-gradient) none.
 * @param outputs named results  @param metadata text pairs stored in the model
 * @throws RangeError when an output has the name of an input
 */
export function encodeModel(
  outputs: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const encoded = encodeNodes(Object.values(outputs));
  const { nodes, initializers, inputs } = encoded;
  for (const name of Object.keys(outputs))
    if (inputs.some((info) => info.name === name))
      throw new RangeError(`onnx: "${name}" names an input and an output; give the output another name`);
  const results = nameOutputs(encoded, Object.entries(outputs));
  return modelBytes(
    { name: 'evenhand', node: nodes, initializer: initializers, input: inputs, output: results },
    metadata,
  );
}

/** A step that is to be repeated: some of its outputs are its own inputs of the next time. */
export interface Repeated {
  /** Output NAME_next goes into input NAME the next time; all other outputs are collected, one row a time. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly state: readonly string[];
  /** Input (int32 scalar) that counts the times. */
  readonly counter: string;
}

/**
 * Writes a model that runs a step `count` times in one go (ONNX Loop), which saves the way in and out of the runtime.
 *
 * Inputs: those of the step but state and counter, NAME_first for each state, `from` (int32, first value of the counter)
 * which the step may read, too) and `count` (int64). Outputs: NAME_last for each state, and the other outputs of the step stacked [count, ...].
 */
export function encodeLoop({ outputs, state, counter }: Repeated): Uint8Array<ArrayBuffer> {
  const next = state.map((name) => outputs[`${name}_next`]);
  const collected = Object.entries(outputs).filter(([name]) => !state.some((s) => name === `${s}_next`));
  const body = encodeNodes([...next, ...collected.map(([, t]) => t)]);
  const [iteration, goOn] = ['iteration', 'go_on'];
  const scalarInfo = (name: string, dtype: DType) => valueInfo(name, { shape: [], dtype });
  const own = new Map(body.inputs.map((info) => [info.name, info]));
  const results = nameOutputs(body, [
    ...next.map((t, i) => [`${state[i]}_next`, t] as const),
    ...collected.map(([name, t]) => [`${name}_each`, t] as const),
  ]);
  const stateInputs = state.map((name, i) => own.get(name) ?? valueInfo(name, next[i]));
  const bodyGraph = create(GraphProtoSchema, {
    name: 'step',
    node: [
      node('Cast', [iteration], ['iteration_int32'], { to: { int: TYPE.int32 } }),
      node('Add', ['iteration_int32', 'from'], [counter]),
      ...body.nodes,
      node('Identity', [goOn], ['go_on_next']),
    ],
    initializer: body.initializers,
    input: [scalarInfo(iteration, 'int64'), scalarInfo(goOn, 'bool'), ...stateInputs],
    output: [scalarInfo('go_on_next', 'bool'), ...results],
  });
  const outside = body.inputs.filter(({ name }) => ![counter, 'from', ...state].includes(name));
  const last = state.map((name) => `${name}_last`);
  const loop = node(
    'Loop',
    ['count', '', ...state.map((name) => `${name}_first`)],
    [...last, ...collected.map(([name]) => name)],
  );
  loop.attribute = [
    create(AttributeProtoSchema, { name: 'body', type: AttributeProto_AttributeType.GRAPH, g: bodyGraph }),
  ];
  return modelBytes({
    name: 'evenhand',
    node: [loop],
    initializer: [],
    input: [
      ...outside,
      ...state.map((name, i) => valueInfo(`${name}_first`, next[i])),
      scalarInfo('from', 'int32'),
      scalarInfo('count', 'int64'),
    ],
    output: [
      ...next.map((t, i) => valueInfo(last[i], t)),
      ...collected.map(([name, t]) => valueInfo(name, { ...t, shape: ['count', ...t.shape] })),
    ],
  });
}

interface EncodedNodes {
  readonly nodes: NodeProto[];
  readonly initializers: TensorProto[];
  readonly inputs: ValueInfoProto[];
  /** The name under which each tensor can be had. */
  readonly names: ReadonlyMap<Tensor, string>;
}

function encodeNodes(tensors: readonly Tensor[]): EncodedNodes {
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

  for (const t of topological(tensors)) {
    const parts = t.inputs.map((x) => names.get(x) ?? '');
    const form = t.op.onnx;
    if (form === 'alias') names.set(t, parts[0]);
    else if (form === 'constant') names.set(t, t.value ? store(t.value) : '');
    else if (form === 'input') {
      const name = t.attributes.name as string;
      if (!inputs.some((v) => v.name === name)) inputs.push(valueInfo(name, t));
      names.set(t, name);
    } else {
      const { type, domain = '', attributes = {}, extra = [] } = form(t.attributes, t.inputs);
      const all = [...parts, ...extra.map(store)];
      const key = `${domain}:${type}(${all})${JSON.stringify(attributes)}`;
      const name = unique(key, 'v', (output) => nodes.push(node(type, all, [output], attributes, domain)));
      names.set(t, name);
    }
  }
  return { nodes, initializers, inputs, names };
}

/**
 * Gives outputs their names. A node's result is renamed; what has another name already (an input, a constant, a result
 * that is two outputs) is copied.
 */
function nameOutputs(
  { nodes, names }: EncodedNodes,
  outputs: readonly (readonly [string, Tensor])[],
): ValueInfoProto[] {
  const made = new Set(nodes.flatMap((n) => n.output));
  const renamed = new Map<string, string>();
  const copies: NodeProto[] = [];
  for (const [name, t] of outputs) {
    const own = names.get(t) ?? '';
    if (made.has(own) && !renamed.has(own)) renamed.set(own, name);
    else copies.push(node('Identity', [own], [name]));
  }
  nodes.push(...copies);
  const rename = (name: string) => renamed.get(name) ?? name;
  for (const n of nodes) {
    n.input = n.input.map(rename);
    n.output = n.output.map(rename);
  }
  return outputs.map(([name, t]) => valueInfo(name, t));
}

function node(
  opType: string,
  input: string[],
  output: string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
  domain = '',
): NodeProto {
  const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
  return create(NodeProtoSchema, { opType, domain, input, output, attribute });
}

interface GraphParts {
  readonly name: string;
  readonly node: NodeProto[];
  readonly initializer: TensorProto[];
  readonly input: ValueInfoProto[];
  readonly output: ValueInfoProto[];
}

function modelBytes(graph: GraphParts, metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  const model = create(ModelProtoSchema, {
    irVersion: 9n,
    producerName: 'evenhand',
    opsetImport: (usesOwn(graph) ? [...OPSETS, ...OWN] : OPSETS).map((o) => create(OperatorSetIdProtoSchema, o)),
    metadataProps: Object.entries(metadata).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
    graph: create(GraphProtoSchema, graph),
  });
  return toBinary(ModelProtoSchema, model);
}

function usesOwn({ node: nodes }: Pick<GraphParts, 'node'>): boolean {
  return nodes.some(
    (n) => OWN.some(({ domain }) => n.domain === domain) || n.attribute.some(({ g }) => g !== undefined && usesOwn(g)),
  );
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

function attributeOf(name: string, value: OnnxAttribute) {
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

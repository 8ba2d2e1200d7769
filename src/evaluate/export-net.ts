import { float32 } from '../array/array.ts';
import { add, constant, conv, matmul, softmax, transpose } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { type EncoderSpec, encoderOf } from '../nn/encoders/index.ts';
import { linearHead } from '../nn/head.ts';
import { type Variable, viewOf } from '../nn/variable.ts';
import { forward, type Net, netOf } from '../train/graphs.ts';
import type { TrainedNet, TrainingPlan } from '../train/plan.ts';
import { priorShift } from './decide.ts';

/** A classifier that was trained as a whole. */
export interface ClassifierNet {
  readonly plan: TrainingPlan;
  readonly net: TrainedNet;
  /** Names of the classes, in the order of the logits. */
  readonly classes: readonly string[];
  /** Decision constant, with the method's own offset already added. */
  readonly gamma: number;
}

/** An encoder by itself, such as one that learnt without labels; a readout on its embeddings may come with it. */
export interface EncoderNet {
  /** How it learnt, by name. */
  readonly method: string;
  readonly encoder: EncoderSpec;
  /** Of one item, as in `TrainingPlan`. */
  readonly shape: readonly number[];
  /** Of the encoder alone, packed in the order of its variables. */
  readonly net: Pick<TrainedNet, 'parameters' | 'buffers'>;
  readonly readout?: Readout;
}

/**
 * A linear classifier on embeddings h: probabilities softmax(W h + b).
 * One that was fitted on standardised embeddings has W_ck / scale_k for W_ck, and b_c - sum_k W_ck mean_k / scale_k for b_c.
 */
export interface Readout {
  readonly classes: readonly string[];
  /** W [C, D], row-major. */
  readonly weight: Float32Array;
  /** b [C]. */
  readonly bias: Float32Array;
}

export type ExportedNet = ClassifierNet | EncoderNet;

/** Shape of one item as the net takes it. */
export const itemShape = (net: ExportedNet): readonly number[] => ('plan' in net ? net.plan.shape : net.shape);

/**
 * What a model file gives, from the net's inputs x [rows, ...shape]: `embeddings` [rows, D] and, where there are classes,
 * `probabilities` [rows, C] before them. Where the encoder gives every point in time its own: [rows, points, D] and
 * [rows, points, C].
 */
export function modelOutputs(net: ExportedNet, x: Tensor): Record<string, Tensor> {
  return 'plan' in net ? classifierOutputs(net, x) : encoderOutputs(net, x);
}

/** The part of a model file's metadata that every model has. */
export function modelMetadata(net: ExportedNet, inputs: readonly object[]): Record<string, string> {
  const classes = 'plan' in net ? net.classes : net.readout?.classes;
  return {
    ...(classes && { classes: JSON.stringify(classes) }),
    inputs: JSON.stringify(inputs),
    method: 'plan' in net ? net.plan.spec.name : net.method,
    ...('plan' in net && { gamma: String(net.gamma) }),
  };
}

function classifierOutputs({ plan, net, gamma }: ClassifierNet, x: Tensor): Record<string, Tensor> {
  const { logits, embeddings } = frozen(netOf(plan), net, x);
  // A class that training never saw: far below all others, yet finite, so that every runtime agrees.
  const shift = priorShift(net.counts, gamma).map((v) => Math.max(v, -1e9));
  return { probabilities: softmax(add(logits, constant(float32([shift.length], shift)))), embeddings };
}

function encoderOutputs({ encoder: spec, shape, net, readout }: EncoderNet, x: Tensor): Record<string, Tensor> {
  const { layer: encoder, width } = encoderOf(spec, shape);
  const { parameters, buffers } = encoder;
  // A head that does nothing: the embeddings are what is wanted.
  const head = { ...linearHead(width, 1), parameters: [], logits: (h: Tensor) => h };
  const { embeddings } = frozen({ encoder, width, head, memory: [], parameters, buffers }, net, x);
  const everyPoint = embeddings.shape.length === 3;
  const pointsFirst = (h: Tensor) => (everyPoint ? transpose(h, [0, 2, 1]) : h);
  if (!readout) return { embeddings: pointsFirst(embeddings) };
  const classes = readout.classes.length;
  if (readout.weight.length !== classes * width || readout.bias.length !== classes)
    throw new RangeError(
      `export: the readout of ${classes} classes on embeddings of ${width} needs ${classes * width} weights and ${classes} biases, ` +
        `got ${readout.weight.length} and ${readout.bias.length}`,
    );
  const weight = (dims: readonly number[]) => constant(float32(dims, readout.weight));
  const products = everyPoint
    ? conv(embeddings, weight([classes, width, 1]))
    : matmul(embeddings, weight([classes, width]), { transposeB: true });
  const logits = add(pointsFirst(products), constant(float32([classes], readout.bias)));
  return { probabilities: softmax(logits), embeddings: pointsFirst(embeddings) };
}

/** The net with its numbers as constants. */
function frozen(layers: Net, net: Pick<TrainedNet, 'parameters' | 'buffers'>, x: Tensor) {
  const constants = (variables: readonly Variable[], flat: Float32Array): [Variable, Tensor][] =>
    variables.map((v) => [v, constant(float32(v.shape, viewOf(flat, variables, v.name)))]);
  const values = new Map([...constants(layers.parameters, net.parameters), ...constants(layers.buffers, net.buffers)]);
  return forward(layers, x, values);
}

import * as ort from '#onnxruntime';
import type { DType, NdArray, Storage } from '../array/array.ts';
import { blocked } from '../graph/blocked.ts';
import { topological } from '../graph/grad.ts';
import type { Tensor } from '../graph/tensor.ts';
import { encodeLoop, encodeModel, type Repeated } from '../onnx/encode.ts';
import { type DeviceName, defaultDevice, deviceOf } from './devices.ts';
import { probeFastPath } from './fast-path.ts';

/** An array in the form the runtime takes, sharing its memory. */
export type Feed = ort.Tensor;

export interface Program<Out extends string = string> {
  readonly outputs: readonly Out[];
  /**
   * One run. Blocks the thread while it computes.
   * @param feeds one for each input of the graph; others are not accepted
   * @param into which outputs are wanted: a buffer that takes the result (same shape), or null for a new array;
   *   without it all outputs, as new arrays
   */
  run(
    feeds: Readonly<Record<string, Feed>>,
    into?: Readonly<Partial<Record<Out, Feed | null>>>,
  ): Promise<Record<Out, Feed>>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /** Threads within one op. Two trials of one thread each beat one trial of two. */
  readonly threads?: number;
  /** Where it is computed; default: the processor. Numbers on other devices differ in their last bits. */
  readonly device?: DeviceName;
  /** Convolutions in blocks where the processor has them; default true. Sums come in another order. */
  readonly fast?: boolean;
  /** Refuse a model of which the device leaves a part to the processor. */
  readonly whole?: boolean;
}

/** Version of the runtime that computes. */
export const runtimeVersion: string = ort.env.versions.node ?? ort.env.versions.web ?? ort.env.versions.common;

/** Shares the array's memory with the runtime: writing to one is seen by the other. */
export function feed(value: NdArray): Feed {
  return new ort.Tensor(value.dtype, value.data as Float32Array, value.shape as number[]);
}

/** The array behind a feed or a result, without a copy. */
export function read<T extends DType>(tensor: Feed, dtype: T): Storage[T] {
  if (tensor.type !== dtype) throw new TypeError(`runtime: expected ${dtype}, got ${tensor.type}`);
  return tensor.data as unknown as Storage[T];
}

/** Compiles a graph: named outputs to a program. */
export async function compile<Out extends string>(
  outputs: Readonly<Record<Out, Tensor>>,
  options: SessionOptions = {},
): Promise<Program<Out>> {
  return loadModel<Out>(encodeModel(await fastest(outputs, options)), options);
}

/** Compiles a step that is repeated within one run (see `encodeLoop` for what goes in and comes out). */
export async function compileLoop(step: Repeated, options: SessionOptions = {}): Promise<Program> {
  return loadModel(encodeLoop({ ...step, outputs: await fastest(step.outputs, options) }), options);
}

/** The graph in the form in which this processor computes it fastest. */
async function fastest<Out extends string>(
  outputs: Readonly<Record<Out, Tensor>>,
  { fast = true, device = defaultDevice }: SessionOptions,
): Promise<Readonly<Record<Out, Tensor>>> {
  if (!fast || deviceOf(device).provider !== 'cpu' || !hasConvolution(Object.values(outputs))) return outputs;
  const lanes = await probeFastPath();
  return lanes > 0 ? blocked(outputs, lanes) : outputs;
}

const hasConvolution = (outputs: readonly Tensor[]) => topological(outputs).some(({ op }) => op.name === 'conv');

/** A program from the bytes of an ONNX model. @throws Error when the runtime does not take it */
export async function loadModel<Out extends string>(
  bytes: Uint8Array,
  { threads = 1, device = defaultDevice, whole = false }: SessionOptions = {},
): Promise<Program<Out>> {
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: [deviceOf(device).provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: {
      session: {
        // Threads that share an op wait for the next one awake: there are hundreds a step. One alone waits for no one.
        intra_op: { allow_spinning: threads > 1 ? '1' : '0' },
        ...(whole ? { disable_cpu_ep_fallback: '1' } : {}),
      },
    },
  });
  const names = session.outputNames as Out[];
  return {
    outputs: names,
    async run(feeds, into) {
      const fetches = into ?? Object.fromEntries(names.map((name) => [name, null]));
      return (await session.run(feeds, fetches as Record<string, Feed | null>)) as Record<Out, Feed>;
    },
    release: () => session.release(),
  };
}

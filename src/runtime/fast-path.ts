import * as ort from '#onnxruntime';
import { float32 } from '../array/array.ts';
import { blocked } from '../graph/blocked.ts';
import { conv, input, toBlocks } from '../graph/ops/index.ts';
import { encodeModel } from '../onnx/encode.ts';

/** Channels of a block that the runtime is known to use: registers of 512 and 256 bits. */
const CANDIDATES = [16, 8] as const;

let probed: Promise<number> | undefined;

/**
 * Channels of a block in the runtime's own convolutions on this processor, or 0 where it has none (other processors,
 * browsers) or does not give the plain convolution's numbers. Found once by two tiny models: the ops are undocumented.
 */
export function probeFastPath(): Promise<number> {
  probed ??= probe().catch(() => 0);
  return probed;
}

async function probe(): Promise<number> {
  const [channels, length] = [16, 4];
  const numbers = float32(
    [1, channels, 1, length],
    Array.from({ length: channels * length }, (_, i) => i),
  );
  const [turned] = await outcome(encodeModel({ y: toBlocks(input('x', numbers.shape)) }), { x: numbers });
  // [1, C / lanes, H W, lanes]: how many channels stand side by side before the next position.
  const lanes = CANDIDATES.find((n) =>
    turned.every((value, i) => {
      const [block, position, lane] = [Math.floor(i / (n * length)), Math.floor(i / n) % length, i % n];
      return value === (block * n + lane) * length + position;
    }),
  );
  if (!lanes) return 0;
  const wave = (shape: readonly number[]) =>
    float32(
      shape,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.7 * i + shape.length)),
    );
  const feeds = { x: wave([1, channels, 5, 4]), w: wave([channels, channels, 3, 3]) };
  const y = conv(input('x', feeds.x.shape), input('w', feeds.w.shape), { pads: [1, 1, 1, 1] });
  const [[plain], [fast]] = await Promise.all([
    outcome(encodeModel({ y }), feeds),
    outcome(encodeModel(blocked({ y }, lanes)), feeds),
  ]);
  return plain.every((value, i) => Math.abs(value - fast[i]) < 1e-4) ? lanes : 0;
}

async function outcome(bytes: Uint8Array, feeds: Readonly<Record<string, ReturnType<typeof float32>>>) {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['cpu'], logSeverityLevel: 4 });
  const tensors = Object.entries(feeds).map(
    ([name, { shape, data }]) => [name, new ort.Tensor('float32', data, shape)] as const,
  );
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Object.values(results).map((tensor) => tensor.data as Float32Array);
}

import {
  averagePool as averagePoolOp,
  globalAveragePool as globalAverageOp,
  globalMaxPool as globalMaxOp,
  maxPool as maxPoolOp,
  reshape,
} from '../graph/ops/index.ts';
import { staticShape, type Tensor } from '../graph/tensor.ts';
import type { Layer } from './variable.ts';

export interface PoolLayerOptions {
  /** Default: the kernel. */
  readonly stride?: number;
  /** At both ends; below the kernel. Default 0. */
  readonly padding?: number;
}

const plain = (apply: (x: Tensor) => Tensor): Layer => ({ parameters: [], buffers: [], apply: (x) => apply(x) });

function windowed(pool: typeof maxPoolOp, kernel: number, { stride = kernel, padding = 0 }: PoolLayerOptions): Layer {
  return plain((x) => {
    const axes = x.shape.slice(2);
    return pool(
      x,
      axes.map(() => kernel),
      { strides: axes.map(() => stride), pads: [...axes, ...axes].map(() => padding) },
    );
  });
}

/** Largest value of each window of x [B, C, ...], the same window on all axes. */
export const maxPool = (kernel: number, options: PoolLayerOptions = {}): Layer => windowed(maxPoolOp, kernel, options);

/** Mean of each window of x [B, C, ...]; padding counts as zeros. */
export const averagePool = (kernel: number, options: PoolLayerOptions = {}): Layer =>
  windowed(averagePoolOp, kernel, options);

/** Mean of each channel: x [B, C, ...] to [B, C]. */
export const globalAveragePool: Layer = plain(globalAverageOp);

/** Largest value of each channel: x [B, C, ...] to [B, C]. */
export const globalMaxPool: Layer = plain(globalMaxOp);

/** x [B, ...] to [B, all the rest]. */
export const flatten: Layer = plain((x) => {
  const lengths = staticShape({ ...x, shape: x.shape.slice(1) }, 'flatten');
  return reshape(x, [x.shape[0], lengths.reduce((n, m) => n * m, 1)]);
});

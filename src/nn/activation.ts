import { gelu as geluFunction, silu as siluFunction } from '../graph/functions.ts';
import { relu as reluOp, tanh as tanhOp } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Layer } from './variable.ts';

const activation = (apply: (x: Tensor) => Tensor): Layer => ({ parameters: [], buffers: [], apply: (x) => apply(x) });

/** max(x, 0). */
export const relu: Layer = activation(reluOp);
/** x Phi(x), exact form. */
export const gelu: Layer = activation(geluFunction);
/** x / (1 + exp(-x)). */
export const silu: Layer = activation(siluFunction);
export const tanh: Layer = activation(tanhOp);
/** x itself: where a net may leave a layer out. */
export const identity: Layer = activation((x) => x);

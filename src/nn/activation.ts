import { relu as reluOp } from '../graph/ops/index.ts';
import type { Layer } from './variable.ts';

/** max(x, 0). */
export const relu: Layer = { parameters: [], buffers: [], apply: (x) => reluOp(x) };

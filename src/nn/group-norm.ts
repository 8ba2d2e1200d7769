import { groupNormalise } from '../graph/normalise.ts';
import { fill } from './init.ts';
import type { Layer } from './variable.ts';

/** Group normalisation of x [B, channels, ...]: the same in training and in use (Wu, He 2018). */
export function groupNorm(name: string, groups: number, channels: number, { epsilon = 1e-5 } = {}): Layer {
  const scale = { name: `${name}.scale`, shape: [channels], init: fill(channels, 1) };
  const shift = { name: `${name}.shift`, shape: [channels], init: fill(channels, 0) };
  return {
    parameters: [scale, shift],
    buffers: [],
    apply: (x, scope) => groupNormalise(x, groups, scope.read(scale), scope.read(shift), epsilon),
  };
}

import { layerNormalise } from '../graph/normalise.ts';
import { fill } from './init.ts';
import type { Layer } from './variable.ts';

/** Layer normalisation over the last axes, whose lengths are `shape` (Ba et al. 2016). */
export function layerNorm(name: string, shape: readonly number[], { epsilon = 1e-5 } = {}): Layer {
  const length = shape.reduce((n, m) => n * m, 1);
  const scale = { name: `${name}.scale`, shape, init: fill(length, 1) };
  const shift = { name: `${name}.shift`, shape, init: fill(length, 0) };
  return {
    parameters: [scale, shift],
    buffers: [],
    apply: (x, scope) => layerNormalise(x, scope.read(scale), scope.read(shift), epsilon),
  };
}

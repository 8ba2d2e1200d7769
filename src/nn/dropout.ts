import { dropout as dropoutFunction } from '../graph/functions.ts';
import { staticShape } from '../graph/tensor.ts';
import { identity } from './activation.ts';
import type { Layer } from './variable.ts';

export interface DropoutOptions {
  /** Whole channels of x [B, C, ...] go together, as neighbours in a series or picture tell of each other. Default false. */
  readonly channels?: boolean;
}

/**
 * Drops a share `rate` of the numbers in training and scales up the others; x itself in use (Srivastava et al. 2014).
 * @param name of its noise: another one for each place in a net
 * @throws RangeError when the rate is not in [0, 1)
 */
export function dropout(name: string, rate: number, { channels = false }: DropoutOptions = {}): Layer {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout "${name}": the rate must be in [0, 1), got ${rate}`);
  if (rate === 0) return identity;
  return {
    parameters: [],
    buffers: [],
    apply(x, scope) {
      if (!scope.training) return x;
      const shape = staticShape(x, `dropout "${name}"`);
      const drawn = channels ? shape.map((length, axis) => (axis < 2 ? length : 1)) : shape;
      return dropoutFunction(x, scope.noise(name, drawn), rate);
    },
  };
}

import { add, matmul } from '../graph/ops/index.ts';
import { kaimingUniform } from './init.ts';
import type { Layer } from './variable.ts';

/**
 * y = x W^T (+ b): x [B, in], W [out, in], b [out]. A layer before batch norm needs no bias: the norm takes it away.
 */
export function linear(name: string, inputs: number, outputs: number, { bias = true } = {}): Layer {
  const weight = { name: `${name}.weight`, shape: [outputs, inputs], init: kaimingUniform(outputs * inputs, inputs) };
  const offset = { name: `${name}.bias`, shape: [outputs], init: kaimingUniform(outputs, inputs) };
  return {
    parameters: bias ? [weight, offset] : [weight],
    buffers: [],
    apply(x, scope) {
      const y = matmul(x, scope.read(weight), { transposeB: true });
      return bias ? add(y, scope.read(offset)) : y;
    },
  };
}

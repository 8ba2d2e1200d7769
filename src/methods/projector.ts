import { relu } from '../nn/activation.ts';
import { batchNorm } from '../nn/batch-norm.ts';
import { linear } from '../nn/linear.ts';
import { type Layer, sequential } from '../nn/variable.ts';

/**
 * What contrast is computed on, away from the embeddings: linear, batch norm, ReLU, linear; x [B, inputs] to [B, outputs].
 * @param bias of the last layer; none where batch norm follows after the next linear one, which would take it away
 */
export function projector(
  name: string,
  inputs: number,
  hidden: number,
  outputs: number,
  { bias = true }: { readonly bias?: boolean } = {},
): Layer {
  return sequential(
    linear(`${name}.0`, inputs, hidden, { bias: false }),
    batchNorm(`${name}.0.norm`, hidden),
    relu,
    linear(`${name}.1`, hidden, outputs, { bias }),
  );
}

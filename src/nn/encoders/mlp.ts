import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { linear } from '../linear.ts';
import { type Layer, sequential } from '../variable.ts';

/**
 * Multi-layer perceptron for tables: linear, batch norm, ReLU for each width; x [B, inputs] to h [B, last width].
 * @param widths of the layers; the last is the embedding's
 */
export function mlp(inputs: number, widths: readonly number[] = [128, 128, 64]): Layer {
  if (widths.length === 0 || widths.some((w) => !Number.isInteger(w) || w < 1))
    throw new RangeError(`mlp: widths must be whole numbers >= 1, got [${widths}]`);
  return sequential(
    ...widths.flatMap((width, i) => [
      linear(`encoder.${i}`, i === 0 ? inputs : widths[i - 1], width, { bias: false }),
      batchNorm(`encoder.${i}.norm`, width),
      relu,
    ]),
  );
}

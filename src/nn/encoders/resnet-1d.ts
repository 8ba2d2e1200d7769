import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { residual } from '../combine.ts';
import { conv1d } from '../conv.ts';
import { globalAveragePool } from '../pool.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, wholes } from './encoder.ts';

export interface ResNet1dOptions {
  /** Channels of each residual block; the last are the embedding. */
  readonly widths?: readonly number[];
  /** Kernels of the convolutions of a block. */
  readonly kernels?: readonly number[];
}

/**
 * Residual net for series: x [B, channels, L] to h [B, last width], any length.
 *
 * Each block: convolutions of kernels 7, 5, 3, each with batch norm, ReLU between; shortcut with a kernel-1 convolution
 * and batch norm where the width changes, batch norm alone where not; ReLU. Then the mean over time.
 * @see Wang, Yan, Oates 2017 (there three blocks of 64, 128, 128 and kernels 8, 5, 3)
 */
export function resnet1d(channels: number, { widths = [32, 64], kernels = [7, 5, 3] }: ResNet1dOptions = {}): Layer {
  const blocks = widths.flatMap((width, i) => {
    const name = `encoder.${i}`;
    const inputs = i === 0 ? channels : widths[i - 1];
    const body = kernels.flatMap((kernel, j) => [
      conv1d(`${name}.conv${j}`, j === 0 ? inputs : width, width, kernel, { padding: 'same', bias: false }),
      batchNorm(`${name}.norm${j}`, width),
      ...(j < kernels.length - 1 ? [relu] : []),
    ]);
    const norm = batchNorm(`${name}.shortcut.norm`, width);
    const shortcut =
      inputs === width ? norm : sequential(conv1d(`${name}.shortcut`, inputs, width, 1, { bias: false }), norm);
    return [residual(sequential(...body), shortcut), relu];
  });
  return sequential(...blocks, globalAveragePool);
}

export const resnet1dEncoder = encoder({
  name: 'resnet-1d',
  about: 'residual net for series, as in Wang, Yan, Oates 2017, small',
  takes: ['series'],
  settings: {
    widths: wholes([32, 64], 'channels of each residual block; the last are the embedding'),
    kernels: wholes([7, 5, 3], 'lengths of the convolutions of a block'),
  },
  build: ([channels], settings) => ({
    layer: resnet1d(channels, settings),
    embedding: [settings.widths[settings.widths.length - 1]],
  }),
});

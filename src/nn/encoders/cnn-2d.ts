import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { conv2d } from '../conv.ts';
import { linear } from '../linear.ts';
import { flatten, globalAveragePool } from '../pool.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, whole, wholes, word } from './encoder.ts';

export interface Cnn2dOptions {
  /** Channels of the convolutions. */
  readonly widths?: readonly number[];
  readonly embedding?: number;
  /** What the last layer sees: every place of the last convolution, or its mean over the picture. */
  readonly pool?: 'flatten' | 'average';
}

/**
 * Small net for pictures: x [B, channels, H, W] to h [B, embedding].
 * 3x3 convolutions of stride 2, each with batch norm and ReLU; one linear layer over all places (so that it matters where
 * in the picture something is), or over their mean.
 */
export function cnn2d(
  [channels, height, width]: readonly number[],
  { widths = [16, 32, 64], embedding = 64, pool = 'flatten' }: Cnn2dOptions = {},
): Layer {
  const side = (length: number) => widths.reduce((n) => Math.ceil(n / 2), length);
  const places = pool === 'flatten' ? side(height) * side(width) : 1;
  return sequential(
    ...widths.flatMap((width, i) => [
      conv2d(`encoder.${i}`, i === 0 ? channels : widths[i - 1], width, 3, { stride: 2, padding: 1, bias: false }),
      batchNorm(`encoder.${i}.norm`, width),
      relu,
    ]),
    pool === 'flatten' ? flatten : globalAveragePool,
    linear('encoder.linear', places * widths[widths.length - 1], embedding),
  );
}

export const cnn2dEncoder = encoder({
  name: 'cnn-2d',
  about: 'small convolutional net for pictures',
  takes: ['pictures'],
  settings: {
    widths: wholes([16, 32, 64], 'channels of the convolutions'),
    embedding: whole(64, 'width of the last layer'),
    pool: word<'flatten' | 'average'>(
      'flatten',
      ['flatten', 'average'],
      'what the last layer sees: every place, or the mean',
    ),
  },
  build: (shape, settings) => ({ layer: cnn2d(shape, settings), embedding: [settings.embedding] }),
});

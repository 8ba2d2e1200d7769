import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { conv2d } from '../conv.ts';
import { linear } from '../linear.ts';
import { globalAveragePool } from '../pool.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, whole, wholes } from './encoder.ts';

export interface Cnn2dOptions {
  /** Channels of the convolutions. */
  readonly widths?: readonly number[];
  readonly embedding?: number;
}

/**
 * Small net for pictures: x [B, channels, H, W] to h [B, embedding], any size.
 * 3x3 convolutions of stride 2, each with batch norm and ReLU; the mean over the picture; one linear layer.
 */
export function cnn2d(channels = 3, { widths = [16, 32, 64], embedding = 64 }: Cnn2dOptions = {}): Layer {
  return sequential(
    ...widths.flatMap((width, i) => [
      conv2d(`encoder.${i}`, i === 0 ? channels : widths[i - 1], width, 3, { stride: 2, padding: 1, bias: false }),
      batchNorm(`encoder.${i}.norm`, width),
      relu,
    ]),
    globalAveragePool,
    linear('encoder.linear', widths[widths.length - 1], embedding),
  );
}

export const cnn2dEncoder = encoder({
  name: 'cnn-2d',
  about: 'small convolutional net for pictures',
  takes: ['pictures'],
  settings: {
    widths: wholes([16, 32, 64], 'channels of the convolutions'),
    embedding: whole(64, 'width of the last layer'),
  },
  build: ([channels], settings) => ({ layer: cnn2d(channels, settings), embedding: [settings.embedding] }),
});

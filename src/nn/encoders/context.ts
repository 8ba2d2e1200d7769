import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { conv1d } from '../conv.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, flag, wholes } from './encoder.ts';

export interface ContextOptions {
  /** Channels of each layer; the last are the embedding. */
  readonly widths?: readonly number[];
  /** ReLU after the last layer too. Default true. */
  readonly lastRelu?: boolean;
}

/**
 * `pointwise` with a look around: kernel-3 convolutions of dilation 1, 2, 4, ... and a kernel-1 one at the end, each with
 * batch norm and ReLU. With three layers every point in time sees three neighbours on both sides (zeros beyond the ends).
 * x [B, channels, L] to h [B, last width, L]. The convolutions have no bias: the norm takes it away.
 */
export function context(channels: number, { widths = [128, 64, 320], lastRelu = true }: ContextOptions = {}): Layer {
  return sequential(
    ...widths.flatMap((width, i) => {
      const last = i === widths.length - 1;
      const inputs = i === 0 ? channels : widths[i - 1];
      const look = { dilation: last ? 1 : 2 ** i, padding: 'same', bias: false } as const;
      return [
        conv1d(`encoder.${i}`, inputs, width, last ? 1 : 3, look),
        batchNorm(`encoder.${i}.norm`, width),
        ...(lastRelu || !last ? [relu] : []),
      ];
    }),
  );
}

export const contextEncoder = encoder({
  name: 'context',
  about: 'pointwise with a look around: kernel-3 convolutions, every point in time sees its neighbours',
  takes: ['series'],
  settings: {
    widths: wholes([128, 64, 320], 'channels of each layer; the last are the embedding'),
    lastRelu: flag(true, 'ReLU after the last layer too'),
  },
  build: ([channels, length], settings) => ({
    layer: context(channels, settings),
    embedding: [settings.widths[settings.widths.length - 1], length],
  }),
});

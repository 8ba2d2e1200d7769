import { conv, matmul, reshape } from '../../graph/ops/index.ts';
import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { kaimingUniform } from '../init.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, flag, wholes } from './encoder.ts';

export interface PointwiseOptions {
  /** Channels of each layer; the last are the embedding. */
  readonly widths?: readonly number[];
  /** ReLU after the last layer too. Default true. */
  readonly lastRelu?: boolean;
}

/**
 * Projector of kernel-1 convolutions, each with batch norm and ReLU: every point in time by itself.
 * x [B, channels, L] to h [B, last width, L], or rows x [N, channels] to h [N, last width] (same parameters).
 * The convolutions have no bias: the norm takes it away.
 */
export function pointwise(channels = 156, { widths = [128, 64, 320], lastRelu = true }: PointwiseOptions = {}): Layer {
  return sequential(
    ...widths.flatMap((width, i) => [
      perPoint(`encoder.${i}`, i === 0 ? channels : widths[i - 1], width),
      batchNorm(`encoder.${i}.norm`, width),
      ...(lastRelu || i < widths.length - 1 ? [relu] : []),
    ]),
  );
}

/** A kernel-1 convolution that takes rows, too: there it is a plain matrix product. */
function perPoint(name: string, inputs: number, outputs: number): Layer {
  const weight = { name: `${name}.weight`, shape: [outputs, inputs], init: kaimingUniform(outputs * inputs, inputs) };
  return {
    parameters: [weight],
    buffers: [],
    apply: (x, scope) =>
      x.shape.length === 2
        ? matmul(x, scope.read(weight), { transposeB: true })
        : conv(x, reshape(scope.read(weight), [outputs, inputs, ...x.shape.slice(2).map(() => 1)])),
  };
}

export const pointwiseEncoder = encoder({
  name: 'pointwise',
  about: 'projector of kernel-1 convolutions: every point in time by itself, as in eMargin',
  takes: ['series', 'rows'],
  settings: {
    widths: wholes([128, 64, 320], 'channels of each layer; the last are the embedding'),
    lastRelu: flag(true, 'ReLU after the last layer too'),
  },
  build: ([channels, ...points], settings) => ({
    layer: pointwise(channels, settings),
    embedding: [settings.widths[settings.widths.length - 1], ...points],
  }),
});

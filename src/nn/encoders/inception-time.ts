import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { branches, residual } from '../combine.ts';
import { conv1d } from '../conv.ts';
import { globalAveragePool, maxPool } from '../pool.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, whole, wholes } from './encoder.ts';

export interface InceptionTimeOptions {
  /** Channels of each of the branches of a module. */
  readonly filters?: number;
  /** Kernels of the convolution branches; odd, so that they lie around their point. */
  readonly kernels?: readonly number[];
  /** Channels to which a module's input is cut down before its long kernels; one input channel is left as it is. */
  readonly bottleneck?: number;
  /** Modules; around every three goes a shortcut. */
  readonly depth?: number;
}

/**
 * InceptionTime for series, small: x [B, channels, L] to h [B, filters (kernels + 1)], any length.
 *
 * A module: kernel-1 bottleneck, then convolutions of several lengths, beside them a max pool of 3 with a kernel-1
 * convolution; all side by side, batch norm, ReLU. Then the mean over time.
 * @see Ismail Fawaz et al. 2020 (there 32 filters, kernels 10, 20, 40, depth 6, five nets together)
 */
export function inceptionTime(
  channels: number,
  { filters = 16, kernels = [9, 19, 39], bottleneck = 16, depth = 3 }: InceptionTimeOptions = {},
): Layer {
  const width = filters * (kernels.length + 1);
  const module = (name: string, inputs: number): Layer[] => {
    const cut = inputs > 1 ? [conv1d(`${name}.bottleneck`, inputs, bottleneck, 1, { bias: false })] : [];
    const inner = inputs > 1 ? bottleneck : inputs;
    const long = kernels.map((kernel, j) =>
      conv1d(`${name}.conv${j}`, inner, filters, kernel, { padding: 'same', bias: false }),
    );
    const pooled = sequential(
      maxPool(3, { stride: 1, padding: 1 }),
      conv1d(`${name}.pooled`, inputs, filters, 1, { bias: false }),
    );
    return [branches(sequential(...cut, branches(...long)), pooled), batchNorm(`${name}.norm`, width)];
  };
  const layers: Layer[] = [];
  for (let start = 0; start < depth; start += 3) {
    const inputs = start === 0 ? channels : width;
    const modules = Array.from({ length: Math.min(3, depth - start) }, (_, i) => [
      ...module(`encoder.${start + i}`, i === 0 ? inputs : width),
      relu,
    ]).flat();
    const name = `encoder.shortcut${start / 3}`;
    const shortcut = sequential(conv1d(name, inputs, width, 1, { bias: false }), batchNorm(`${name}.norm`, width));
    layers.push(...(start + 3 <= depth ? [residual(sequential(...modules), shortcut), relu] : modules));
  }
  return sequential(...layers, globalAveragePool);
}

export const inceptionTimeEncoder = encoder({
  name: 'inception-time',
  about: 'InceptionTime for series, small: convolutions of several lengths side by side',
  takes: ['series'],
  settings: {
    filters: whole(16, 'channels of each branch of a module'),
    kernels: wholes([9, 19, 39], 'lengths of the convolutions side by side; odd'),
    bottleneck: whole(16, 'channels to which the input of a module is cut down'),
    depth: whole(3, 'modules; around every three goes a shortcut'),
  },
  build: ([channels], settings) => ({
    layer: inceptionTime(channels, settings),
    embedding: [settings.filters * (settings.kernels.length + 1)],
  }),
});

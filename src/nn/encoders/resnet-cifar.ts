import { averagePool, pad } from '../../graph/ops/index.ts';
import { identity, relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { residual } from '../combine.ts';
import { conv2d } from '../conv.ts';
import { kaimingNormal } from '../init.ts';
import { globalAveragePool } from '../pool.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, whole, wholes } from './encoder.ts';

export interface ResNetCifarOptions {
  /** Channels of the stages; each after the first halves the picture. */
  readonly widths?: readonly number[];
  /** Basic blocks a stage: 6 n + 2 layers in all, 5 for ResNet-32. */
  readonly blocks?: number;
}

/**
 * ResNet-32 for small pictures: x [B, channels, H, W] (CIFAR: 3, 32, 32) to h [B, last width].
 *
 * 3x3 convolutions with batch norm; a basic block is two of them around a shortcut without parameters (option A: every
 * second pixel, zeros for the new channels, half of them on either side). Kaiming normal, as is usual for it.
 * @see He et al. 2016, section 4.2
 */
export function resnetCifar(channels = 3, { widths = [16, 32, 64], blocks = 5 }: ResNetCifarOptions = {}): Layer {
  const conv = (name: string, inputs: number, outputs: number, stride = 1) => [
    conv2d(name, inputs, outputs, 3, { stride, padding: 1, bias: false, init: kaimingNormal }),
    batchNorm(`${name}.norm`, outputs),
  ];
  const stages = widths.flatMap((width, stage) =>
    Array.from({ length: blocks }, (_, i) => {
      const first = i === 0 && stage > 0;
      const inputs = first ? widths[stage - 1] : width;
      const name = `encoder.${stage}.${i}`;
      const body = sequential(
        ...conv(`${name}.conv0`, inputs, width, first ? 2 : 1),
        relu,
        ...conv(`${name}.conv1`, width, width),
      );
      return [residual(body, first ? halved(width - inputs) : identity), relu];
    }).flat(),
  );
  return sequential(...conv('encoder.input', channels, widths[0]), relu, ...stages, globalAveragePool);
}

/** Every second pixel, with `extra` channels of zeros around. */
function halved(extra: number): Layer {
  const before = Math.floor(extra / 2);
  return {
    parameters: [],
    buffers: [],
    apply: (x) => pad(averagePool(x, [1, 1], { strides: [2, 2] }), [before, 0, 0, extra - before, 0, 0]),
  };
}

export const resnetCifarEncoder = encoder({
  name: 'resnet-cifar',
  about: 'residual net for small pictures: ResNet-32 of He et al. 2016',
  takes: ['pictures'],
  settings: {
    widths: wholes([16, 32, 64], 'channels of the stages; each after the first halves the picture'),
    blocks: whole(5, 'basic blocks a stage: 6 n + 2 layers in all'),
  },
  build: ([channels], settings) => ({
    layer: resnetCifar(channels, settings),
    embedding: [settings.widths[settings.widths.length - 1]],
  }),
});

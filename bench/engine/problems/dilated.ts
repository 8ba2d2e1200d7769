import { dilated } from '../../../src/nn/encoders/dilated.ts';
import { drawn, netFields, normals, randomOf, type StepProblem } from './step.ts';

/** x is [series, channels, length]. AdamW on all parameters. */
export interface DilatedProblem extends StepProblem {
  readonly length: number;
  readonly channels: number;
  readonly blocks: number;
  readonly width: number;
  /** What a series' embedding shall be at every point in time: [series * width]. */
  readonly targets: Float32Array;
}

/** TS2Vec's stack, one embedding a point in time; the last of the blocks has a convolution in its shortcut. */
export const stack = ({ channels, blocks, width }: Pick<DilatedProblem, 'channels' | 'blocks' | 'width'>) =>
  dilated(channels, { width, depth: blocks - 1, outputs: width, pool: 'none' });

export function dilatedProblem(steps: number): DilatedProblem {
  const [series, batch, length] = [64, 8, 600];
  const net = { channels: 6, blocks: 10, width: 64 };
  const random = randomOf('dilated-step');
  return {
    ...{ steps, look: 3, batch, length, ...net },
    ...{ learningRate: 1e-3, weightDecay: 1e-2 },
    x: normals(random, series * net.channels * length),
    targets: normals(random, series * net.width),
    indices: drawn(random, steps, batch, series),
    ...netFields(stack(net), random),
  };
}

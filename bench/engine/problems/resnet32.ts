import { resnetCifar } from '../../../src/nn/encoders/resnet-cifar.ts';
import { linearHead } from '../../../src/nn/head.ts';
import { drawn, netFields, normals, randomOf, type StepProblem } from './step.ts';

/** x is [pictures, channels, size, size]. Gradient descent with momentum, weight decay on all parameters. */
export interface ResNet32Problem extends StepProblem {
  readonly channels: number;
  readonly size: number;
  readonly classes: number;
  readonly momentum: number;
  /** [pictures] */
  readonly labels: Int32Array;
}

/** ResNet-32 with a linear head. */
export function resnet32({ channels, classes }: Pick<ResNet32Problem, 'channels' | 'classes'>) {
  const [encoder, head] = [resnetCifar(channels), linearHead(64, classes)];
  return { encoder, head, parameters: [...encoder.parameters, ...head.parameters], buffers: encoder.buffers };
}

/**
 * Noise, each class around a colour of its own. The learning rate is small: at 0.01, rounding in the first step grows
 * beyond the tolerance in ten, within PyTorch, too.
 */
export function resnet32Problem(steps: number): ResNet32Problem {
  const [pictures, channels, size, classes, batch] = [512, 3, 32, 10, 128];
  const random = randomOf('resnet32-step');
  const labels = Int32Array.from({ length: pictures }, () => random.integer(classes));
  const colours = normals(random, classes * channels);
  const x = normals(random, pictures * channels * size * size).map((value, i) => {
    const plane = Math.floor(i / (size * size));
    return value + colours[labels[Math.floor(plane / channels)] * channels + (plane % channels)];
  });
  return {
    ...{ steps, look: 1, batch, channels, size, classes },
    ...{ learningRate: 0.002, momentum: 0.9, weightDecay: 5e-4 },
    ...{ x, labels },
    indices: drawn(random, steps, batch, pictures),
    ...netFields(resnet32({ channels, classes }), random),
  };
}

import { type Bench, node, python } from '../bench.ts';
import { resnet32Problem } from '../problems/resnet32.ts';
import { server } from '../side.ts';

/** Milliseconds a training step of ResNet-32: 128 pictures of 3x32x32, gradient descent with momentum. */
export const resnet32Step: Bench = {
  name: 'resnet32-step',
  unit: 'ms',
  problem: { steps: 10, make: resnet32Problem },
  ours: ({ problem }) => server(node('ours/resnet32-step.ts', problem)),
  peers: { pytorch: (setup) => server(python(setup, 'peers/resnet32-step.py', setup.problem)) },
};

import { type Bench, node, python } from '../bench.ts';
import { dilatedProblem } from '../problems/dilated.ts';
import { server } from '../side.ts';

/** Milliseconds a training step of a dilated stack: 8 series of 600 points, 10 residual blocks of 64 channels, AdamW. */
export const dilatedStep: Bench = {
  name: 'dilated-step',
  unit: 'ms',
  problem: { steps: 40, make: dilatedProblem },
  ours: ({ problem }) => server(node('ours/dilated-step.ts', problem)),
  peers: { pytorch: (setup) => server(python(setup, 'peers/dilated-step.py', setup.problem)) },
};

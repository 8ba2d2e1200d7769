import { type Bench, node, python } from '../bench.ts';
import { emarginProblem } from '../problems/emargin.ts';
import { server } from '../side.ts';

/** Milliseconds a training step of eMargin: 952 windows of 156 numbers, pointwise projector, all their cosines, AdamW. */
export const emarginStep: Bench = {
  name: 'emargin-step',
  unit: 'ms',
  problem: { steps: 200, make: emarginProblem },
  ours: ({ problem }) => server(node('ours/emargin-step.ts', problem)),
  peers: { pytorch: (setup) => server(python(setup, 'peers/emargin-step.py', setup.problem)) },
};

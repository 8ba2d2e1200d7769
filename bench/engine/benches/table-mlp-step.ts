import { type Bench, node, python } from '../bench.ts';
import { tableProblem } from '../problems/table.ts';
import { server } from '../side.ts';

/** Milliseconds a training step of the table net, batch 128: batch gathered, forward, backward, AdamW. */
export const tableMlpStep: Bench = {
  name: 'table-mlp-step',
  unit: 'ms',
  problem: { steps: 500, make: tableProblem },
  ours: ({ problem }) => server(node('ours/table-mlp-step.ts', problem)),
  peers: { pytorch: (setup) => server(python(setup, 'peers/table-mlp-step.py', setup.problem)) },
};

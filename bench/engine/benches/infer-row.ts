import { type Bench, node, python } from '../bench.ts';
import { tableProblem } from '../problems/table.ts';
import { server } from '../side.ts';

/** Microseconds from one row of 8 prepared float32 numbers to its class probabilities. */
export const inferRow: Bench = {
  name: 'infer-row',
  unit: 'µs',
  problem: { steps: 500, make: tableProblem },
  ours: ({ problem }) => server(node('ours/infer-row.ts', problem)),
  peers: {
    pytorch: (setup) => server(python(setup, 'peers/infer-row-pytorch.py', setup.problem)),
    'scikit-learn': (setup) => server(python(setup, 'peers/infer-row-sklearn.py', setup.problem)),
  },
};

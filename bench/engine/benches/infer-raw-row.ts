import { type Bench, node, python } from '../bench.ts';
import { tableProblem } from '../problems/table.ts';
import { server } from '../side.ts';

/** Microseconds from one raw row (8 float64 numbers, standardised on the way) to its class probabilities. */
export const inferRawRow: Bench = {
  name: 'infer-raw-row',
  unit: 'µs',
  problem: { steps: 500, make: tableProblem },
  ours: ({ problem }) => server(node('ours/infer-row.ts', problem, 'raw')),
  peers: {
    pytorch: (setup) => server(python(setup, 'peers/infer-row-pytorch.py', setup.problem, 'raw')),
    'scikit-learn': (setup) => server(python(setup, 'peers/infer-row-sklearn.py', setup.problem, 'raw')),
  },
};

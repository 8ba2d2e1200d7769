import { type Bench, node, python } from '../bench.ts';
import { printed } from '../side.ts';

/** Peak resident size of a process that trains the table net for 300 steps. */
export const peakMemory: Bench = {
  name: 'peak-memory',
  unit: 'MiB',
  ours: () => printed({ trainer: node('ours/peak-memory.ts') }),
  peers: {
    pytorch: (setup) =>
      printed({
        eager: python(setup, 'peers/peak-memory.py'),
        'eager, fused AdamW': python(setup, 'peers/peak-memory.py', 'fused'),
      }),
  },
};

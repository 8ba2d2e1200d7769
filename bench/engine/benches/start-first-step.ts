import { type Bench, node, python } from '../bench.ts';
import { untilLine } from '../side.ts';

/** Milliseconds from the start of a process to the end of its first training step of the table net. */
export const startFirstStep: Bench = {
  name: 'start-first-step',
  unit: 'ms',
  ours: () => untilLine({ trainer: node('ours/start-first-step.ts') }),
  peers: {
    pytorch: (setup) =>
      untilLine({
        eager: python(setup, 'peers/start-first-step.py'),
        'eager, fused AdamW': python(setup, 'peers/start-first-step.py', 'fused'),
      }),
  },
};

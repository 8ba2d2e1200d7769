import { daviesBouldin } from '../../src/metrics/clustering/davies-bouldin.ts';
import { kMeans } from '../../src/metrics/clustering/k-means.ts';
import { silhouette } from '../../src/metrics/clustering/silhouette.ts';
import { type LogisticOptions, logistic } from '../../src/probe/logistic.ts';
import { readProblem } from '../engine/problems/file.ts';
import { serve } from '../engine/serve.ts';
import type { Embeddings } from './problem.ts';

/** Our side: milliseconds of one call, and the numbers of lines.ts. `node ours.ts PROBLEM` */
const { width, classes, x, labels, otherX, otherLabels } = readProblem<Embeddings>(process.argv[2]);
const points = { embeddings: x, width };
/** Far below where a gradient's entry moves an answer; scikit-learn's default is 1e-4. */
const TOLERANCE = 1e-5;

const calls: Readonly<Record<string, (threads: number) => Promise<readonly number[]>>> = {
  'k-means': async (threads) => [(await kMeans(points, classes, { seed: 0, threads })).inertia],
  silhouette: async (threads) => [(await silhouette(points, labels, classes, { seed: 0, threads })).value!],
  'davies-bouldin': async () => [daviesBouldin(points, labels, classes).value!],
  probe: (threads) => probe({ strengths: [1 / labels.length], threads }),
  'probe-choice': (threads) => probe({ validation: { x: otherX, labels: otherLabels }, threads }),
};

/** Objective of the weakest strength, and the largest entry of a gradient over all of them. */
async function probe(options: LogisticOptions) {
  const { trials } = await logistic.fit(x, width, labels, classes, { ...options, tolerance: TOLERANCE });
  return [trials[trials.length - 1].objective, Math.max(...trials.map(({ gradientNorm }) => gradientNorm))];
}

const modes = Object.entries(calls).flatMap(([name, call]) =>
  [1, 2].map((threads) => {
    const round = async () => {
      const started = performance.now();
      const check = await call(threads);
      return { value: performance.now() - started, check };
    };
    return [`${name}, ${threads} thread${threads > 1 ? 's' : ''}`, round] as const;
  }),
);
await serve(Object.fromEntries(modes));

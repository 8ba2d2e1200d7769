import { kMeans, type Represented, representationMetrics } from '../../metrics/clustering/index.ts';
import { type Health, health } from '../../metrics/health/index.ts';
import type { Measured } from '../../metrics/metric.ts';
import type { Part } from './parts.ts';
import type { Probed } from './probes.ts';

export interface Judged {
  /** Every representation metric by its name. */
  readonly metrics: Readonly<Record<string, Measured>>;
  readonly health: Health;
  /** k-means cluster of every test window. */
  readonly clusters: Int32Array;
}

export interface JudgeOptions {
  readonly seed: number;
  /** K. */
  readonly clusters: number;
  /** 0: no labels. */
  readonly classes: number;
  readonly probed?: Probed;
}

/** Windows of which all pairs are taken for uniformity and mean cosine: a sample of more tells the same digits. */
const PAIRED = 4000;

/**
 * The test part's embedding by all representation metrics: clusters of k-means on all of its windows, probes on its
 * labelled ones. Nothing is fitted here but the clusters.
 */
export async function judge(
  points: { readonly embeddings: Float32Array; readonly width: number },
  { labels, recordings }: Part,
  { seed, clusters, classes, probed }: JudgeOptions,
): Promise<Judged> {
  const clustering = await kMeans(points, clusters, { seed });
  const numbers = await health(points, { seed, recordings, upTo: PAIRED });
  const input: Represented = {
    points,
    clustering,
    recordings,
    health: numbers,
    ...(labels.some((label) => label >= 0) ? { truth: { labels, classes } } : {}),
    ...answered(labels, classes, probed),
  };
  return { metrics: await measured(input, seed), health: numbers, clusters: clustering.labels };
}

/** The metrics that need answers alone, for features that are not clustered. */
export function judgeAnswers({ labels }: Part, classes: number, seed: number, probed: Probed | undefined) {
  return measured(
    { points: { embeddings: new Float32Array(), width: 1 }, ...answered(labels, classes, probed) },
    seed,
    ['probe', 'neighbours'],
  );
}

function answered(
  labels: Int32Array,
  classes: number,
  probed: Probed | undefined,
): Pick<Represented, 'probe' | 'neighbours'> {
  if (!probed) return {};
  const truth = probed.places.map((i) => labels[i]);
  return {
    probe: { classes, labels: truth, predictions: probed.probe },
    ...(probed.neighbours ? { neighbours: { classes, labels: truth, predictions: probed.neighbours } } : {}),
  };
}

async function measured(input: Represented, seed: number, only?: readonly string[]) {
  const metrics: Record<string, Measured> = {};
  for (const metric of representationMetrics) {
    const wanted = !only || (metric.needs.length > 0 && metric.needs.every((need) => only.includes(need)));
    metrics[metric.name] = wanted ? await metric.compute(input, { seed }) : { value: null, reason: 'not clustered' };
  }
  return metrics;
}

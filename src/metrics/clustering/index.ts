import { accuracy } from '../classification/accuracy.ts';
import { macroF1 } from '../classification/macro-f1.ts';
import { macroRecall } from '../classification/macro-recall.ts';
import { bridge } from '../health/bridge.ts';
import { effectiveRank } from '../health/spectral.ts';
import { singularValues } from '../health/spectrum.ts';
import type { Measured } from '../metric.ts';
import { changePoints, transitionSharpness } from '../transitions/index.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { calinskiHarabasz } from './calinski-harabasz.ts';
import { daviesBouldin } from './davies-bouldin.ts';
import { type RepresentationMetric, type Represented, representationMetric } from './metric.ts';
import { normalisedMutualInformation } from './mutual-information.ts';
import type { Points } from './points.ts';
import { silhouette } from './silhouette.ts';

export { adjustedRand } from './adjusted-rand.ts';
export { calinskiHarabasz } from './calinski-harabasz.ts';
export type { Pairing } from './contingency.ts';
export { daviesBouldin } from './davies-bouldin.ts';
export type { Clustering, KMeansOptions } from './k-means.ts';
export { kMeans } from './k-means.ts';
export type { RepresentationMetric, RepresentationOptions, Represented } from './metric.ts';
export { adjustedMutualInformation, normalisedMutualInformation } from './mutual-information.ts';
export type { Computing, Points } from './points.ts';
export type { Silhouette, SilhouetteOptions } from './silhouette.ts';
export { silhouette } from './silhouette.ts';

const INFINITY = Number.POSITIVE_INFINITY;

/** All metrics of representations, in the order in which they are shown. Clusters are those of k-means. */
export const representationMetrics: readonly RepresentationMetric[] = [
  representationMetric({
    name: 'probe-macro-f1',
    direction: 'higher',
    range: [0, 1],
    needs: ['probe'],
    of: ({ probe }) => macroF1.compute(probe),
  }),
  representationMetric({
    name: 'probe-macro-recall',
    direction: 'higher',
    range: [0, 1],
    needs: ['probe'],
    of: ({ probe }) => macroRecall.compute(probe),
  }),
  representationMetric({
    name: 'probe-accuracy',
    direction: 'higher',
    range: [0, 1],
    needs: ['probe'],
    of: ({ probe }) => accuracy.compute(probe),
  }),
  representationMetric({
    name: 'knn-macro-f1',
    direction: 'higher',
    range: [0, 1],
    needs: ['neighbours'],
    of: ({ neighbours }) => macroF1.compute(neighbours),
  }),
  representationMetric({
    name: 'silhouette',
    direction: 'higher',
    range: [-1, 1],
    needs: ['clustering'],
    of: ({ points, clustering }, options) => silhouette(points, clustering.labels, clustering.clusters, options),
  }),
  representationMetric({
    name: 'davies-bouldin',
    direction: 'lower',
    range: [0, INFINITY],
    needs: ['clustering'],
    of: ({ points, clustering }) => daviesBouldin(points, clustering.labels, clustering.clusters),
  }),
  representationMetric({
    name: 'calinski-harabasz',
    direction: 'higher',
    range: [0, INFINITY],
    needs: ['clustering'],
    of: ({ points, clustering }) => calinskiHarabasz(points, clustering.labels, clustering.clusters),
  }),
  representationMetric({
    name: 'adjusted-rand',
    direction: 'higher',
    range: [-1, 1],
    needs: ['clustering', 'truth'],
    of: ({ clustering, truth }) => adjustedRand({ clustering, truth }),
  }),
  representationMetric({
    name: 'normalised-mutual-information',
    direction: 'higher',
    range: [0, 1],
    needs: ['clustering', 'truth'],
    of: ({ clustering, truth }) => normalisedMutualInformation({ clustering, truth }),
  }),
  representationMetric({
    name: 'silhouette-on-classes',
    direction: 'higher',
    range: [-1, 1],
    needs: ['truth'],
    of: (input, options) => onClasses(input, (p, labels, classes) => silhouette(p, labels, classes, options)),
  }),
  representationMetric({
    name: 'davies-bouldin-on-classes',
    direction: 'lower',
    range: [0, INFINITY],
    needs: ['truth'],
    of: (input) => onClasses(input, daviesBouldin),
  }),
  representationMetric({
    name: 'calinski-harabasz-on-classes',
    direction: 'higher',
    range: [0, INFINITY],
    needs: ['truth'],
    of: (input) => onClasses(input, calinskiHarabasz),
  }),
  representationMetric({
    name: 'effective-rank',
    direction: 'higher',
    range: [1, INFINITY],
    needs: [],
    of: async ({ points, health }, options) =>
      health?.effectiveRank ?? effectiveRank(await singularValues(points, options)),
  }),
  representationMetric({
    name: 'largest-share',
    direction: 'lower',
    range: [0, 1],
    needs: ['health'],
    of: ({ health }) => health.largestShare,
  }),
  representationMetric({
    name: 'dead-dimensions',
    direction: 'lower',
    range: [0, 1],
    needs: ['health'],
    of: ({ health }) => health.deadDimensions,
  }),
  representationMetric({
    name: 'mean-cosine',
    direction: 'lower',
    range: [0, 1],
    needs: ['health'],
    of: ({ health }) => health.meanCosine,
  }),
  representationMetric({
    name: 'uniformity',
    direction: 'lower',
    range: [-INFINITY, 0],
    needs: ['health'],
    of: ({ health }) => health.uniformity,
  }),
  representationMetric({
    name: 'alignment',
    direction: 'lower',
    range: [0, 4],
    needs: ['health'],
    of: ({ health }) => health.alignment,
  }),
  representationMetric({
    name: 'bridge',
    direction: 'higher',
    range: [-INFINITY, 1],
    needs: ['clustering', 'recordings'],
    of: ({ clustering, recordings }) => bridge({ ...clustering, recordings }).bridge,
  }),
  representationMetric({
    name: 'kappa-time',
    direction: 'higher',
    range: [-INFINITY, 1],
    needs: ['clustering', 'recordings'],
    of: ({ clustering, recordings }) => bridge({ ...clustering, recordings }).kappaTime,
  }),
  representationMetric({
    name: 'transition-sharpness',
    direction: 'higher',
    range: [0, INFINITY],
    needs: ['truth', 'recordings'],
    of: ({ points, truth, recordings }) => transitionSharpness({ points, ...truth, recordings }),
  }),
  representationMetric({
    name: 'change-precision',
    direction: 'higher',
    range: [0, 1],
    needs: ['truth', 'recordings'],
    of: ({ points, truth, recordings }) => changePoints({ points, ...truth, recordings }).precision,
  }),
  representationMetric({
    name: 'change-recall',
    direction: 'higher',
    range: [0, 1],
    needs: ['truth', 'recordings'],
    of: ({ points, truth, recordings }) => changePoints({ points, ...truth, recordings }).recall,
  }),
];

/** The number with the true classes as clusters, of the rows that have one. */
function onClasses(
  { points, truth }: Represented & Required<Pick<Represented, 'truth'>>,
  of: (points: Points, labels: Int32Array, classes: number) => Measured | Promise<Measured>,
): Measured | Promise<Measured> {
  const rows = Int32Array.from(truth.labels.keys()).filter((row) => truth.labels[row] >= 0);
  if (rows.length === 0) return { value: null, reason: 'no labelled rows' };
  const labels = rows.map((row) => truth.labels[row]);
  const { embeddings, width } = points;
  const own = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    own.set(embeddings.subarray(row * width, (row + 1) * width), i * width);
  });
  return of({ embeddings: own, width }, labels, truth.classes);
}

import { macroF1 } from '../classification/macro-f1.ts';
import { macroRecall } from '../classification/macro-recall.ts';
import { bridge } from '../health/bridge.ts';
import { effectiveRank } from '../health/spectral.ts';
import { singularValues } from '../health/spectrum.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { calinskiHarabasz } from './calinski-harabasz.ts';
import { daviesBouldin } from './davies-bouldin.ts';
import { type RepresentationMetric, representationMetric } from './metric.ts';
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
    name: 'effective-rank',
    direction: 'higher',
    range: [1, INFINITY],
    needs: [],
    of: async ({ points }, options) => effectiveRank(await singularValues(points, options)),
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
];

import type { Health } from '../health/index.ts';
import type { Evaluated, Measured, Metric } from '../metric.ts';
import type { Computing, Points } from './points.ts';

/** Everything there is to be known of an encoder's embeddings of some rows. What is missing, its metrics lack. */
export interface Represented {
  readonly points: Points;
  /** k-means clusters of these rows: cluster of every row [N], 0..clusters-1. */
  readonly clustering?: { readonly labels: Int32Array; readonly clusters: number };
  /** True class of every row [N], 0..classes-1; a row without a label has -1. */
  readonly truth?: { readonly labels: Int32Array; readonly classes: number };
  /** Recording of every row [N], rows of one recording together and in the order of time. */
  readonly recordings?: Int32Array;
  /** Health numbers of the points. */
  readonly health?: Health;
  /** Labelled rows with the answers of the linear probe and of the nearest neighbours. */
  readonly probe?: Evaluated;
  readonly neighbours?: Evaluated;
}

export interface RepresentationOptions extends Computing {
  /** Of samples, where rows are too many for all pairs. */
  readonly seed: number | string;
}

/** What a metric may need beside the embeddings. */
export type Need = Exclude<keyof Represented, 'points'>;

/** One metric of a representation. */
export interface RepresentationMetric {
  /** Kebab-case; the same on the command line, in the API and in the result file. */
  readonly name: string;
  readonly direction: Metric['direction'];
  /** Smallest and largest possible value. */
  readonly range: readonly [number, number];
  readonly needs: readonly Need[];
  /**
   * Null with the reason where something needed is missing or the number is undefined.
   * @throws RangeError where shapes do not fit or a number is not finite
   */
  compute(input: Represented, options: RepresentationOptions): Promise<Measured>;
}

const MISSING: Readonly<Record<Need, string>> = {
  clustering: 'no clusters given',
  truth: 'no labels given',
  recordings: 'no recordings given',
  health: 'no health numbers given',
  probe: 'no labels to train a probe with',
  neighbours: 'no labels to look up neighbours with',
};

interface Spec<N extends Need> extends Omit<RepresentationMetric, 'needs' | 'compute'> {
  readonly needs: readonly N[];
  /** The number, from an input that has what is needed. */
  of(input: Represented & Required<Pick<Represented, N>>, options: RepresentationOptions): Measured | Promise<Measured>;
}

/** A metric that is null with the reason where what it needs is missing. */
export function representationMetric<N extends Need>({ of, ...spec }: Spec<N>): RepresentationMetric {
  return {
    ...spec,
    async compute(input, options) {
      const missing = spec.needs.find((need) => input[need] === undefined);
      if (missing) return { value: null, reason: MISSING[missing] };
      return of(input as Represented & Required<Pick<Represented, N>>, options);
    },
  };
}

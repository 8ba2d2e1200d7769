import { readFileSync } from 'node:fs';
import type { Points } from '../../../src/metrics/clustering/index.ts';

/** One case of reference/clustering.json, made by scikit-learn. */
export interface Stored {
  readonly name: string;
  readonly width: number;
  readonly clusters: number;
  readonly embeddings64: number[];
  readonly truth: number[];
  readonly labels: number[];
  readonly silhouette: number;
  readonly silhouettes: number[];
  readonly daviesBouldin: number;
  readonly calinskiHarabasz: number;
  readonly adjustedRand: number;
  readonly normalised: number;
  readonly adjusted: number;
  readonly start64: number[];
  readonly lloyd: { readonly labels: number[]; readonly inertia: number; readonly centres: number[] };
  readonly best: { readonly labels: number[]; readonly inertia: number };
}

const file = new URL('reference/clustering.json', import.meta.url);
export const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Stored[] };

export function pointsOf({ embeddings64, width }: Pick<Stored, 'embeddings64' | 'width'>): Points {
  return { embeddings: Float32Array.from(embeddings64, (x) => x / 64), width };
}

/** Rows of a few numbers as points. */
export function rows(...all: number[][]): Points {
  return { embeddings: Float32Array.from(all.flat()), width: all[0].length };
}

export const close = (actual: number | null, expected: number, tolerance = 1e-9) =>
  actual !== null && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));

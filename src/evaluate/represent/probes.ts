import { stream } from '../../array/random.ts';
import { macroF1 } from '../../metrics/classification/macro-f1.ts';
import { answers } from '../../probe/answers.ts';
import { knn } from '../../probe/knn.ts';
import { logistic } from '../../probe/logistic.ts';
import { ridge } from '../../probe/ridge.ts';
import { rowsAt } from '../rows.ts';
import { labelled, type Parts } from './parts.ts';

/** Most training windows that a probe is fitted on. */
export const PROBE_ROWS = 6000;
/** Of a class at least so many, where it has them. */
const FEWEST = 200;
/** L-BFGS ends where no entry of the gradient is larger: far below what moves an answer. */
const TOLERANCE = 1e-5;

/** A representation of a fold's parts: [rows, width] each. */
export interface Embedded {
  readonly width: number;
  readonly train: Float32Array;
  readonly test: Float32Array;
}

/** What probes said of the labelled test windows, and how they were fitted. */
export interface Probed {
  /** Places of the labelled test windows in the test part. */
  readonly places: Int32Array;
  readonly probe: Int32Array;
  readonly neighbours?: Int32Array;
  /** Training windows that the probes were fitted on. */
  readonly rows: number;
  /** L2 strength (logistic) or alpha (ridge) chosen. */
  readonly strength: number;
  /** Largest entry of the gradient at the end, for logistic regression. */
  readonly gradientNorm?: number;
  readonly converged?: boolean;
}

export interface ProbeOptions {
  readonly classes: number;
  readonly seed: number;
  readonly trial: readonly (string | number)[];
  /** Classifier: logistic regression with nearest neighbours beside it, or ridge alone (for MiniRocket). */
  readonly by: 'logistic' | 'ridge';
}

/**
 * Probes on frozen embeddings, fitted on labelled training windows: at most 6,000 of them, a random sample in which every
 * class keeps its share, but at least 200 windows where it has them. The strength of the linear one is chosen by macro F1
 * on the validation windows after a fit without them; then it is fitted on both. Undefined where the training windows hold
 * fewer than two classes.
 */
export async function probes(
  embedded: Embedded,
  { train, held, test }: Pick<Parts, 'train' | 'held' | 'test'>,
  { classes, seed, trial, by }: ProbeOptions,
): Promise<Probed | undefined> {
  const { width } = embedded;
  const fitOn = sampled(train.labels, classes, stream(seed, 'probe', ...trial));
  const labels = fitOn.map((i) => train.labels[i]);
  const places = labelled(test);
  if (new Set(labels).size < 2 || places.length === 0) return undefined;
  const x = rowsAt(embedded.train, width, fitOn);
  const asked = rowsAt(embedded.test, width, places);
  if (by === 'ridge') {
    const fitted = await ridge.fit(x, width, labels, classes);
    const probe = answers(await ridge.scores(fitted, asked), classes);
    return { places, probe, rows: fitOn.length, strength: fitted.alpha };
  }
  const chosen = await strengthOf({ x, width, labels, classes }, fitOn, held);
  const fitted = await logistic.fit(x, width, labels, classes, { tolerance: TOLERANCE, strengths: [chosen] });
  const near = await knn.fit(x, width, labels, classes);
  const { strength, gradientNorm, converged } = fitted.chosen;
  return {
    places,
    probe: answers(await logistic.scores(fitted, asked), classes),
    neighbours: answers(await knn.scores(near, asked), classes),
    rows: fitOn.length,
    strength,
    gradientNorm,
    converged,
  };
}

/** L2 strength where there is nothing to choose it on. */
const USUAL_STRENGTH = 1e-2;

interface Labelled {
  readonly x: Float32Array;
  readonly width: number;
  readonly labels: Int32Array;
  readonly classes: number;
}

/** The L2 strength with the best macro F1 on the held windows, after fits on the others; of equals the least log loss. */
async function strengthOf({ x, width, labels, classes }: Labelled, fitOn: Int32Array, held: Int32Array) {
  const holds = new Set(held);
  const own = Int32Array.from(fitOn.keys());
  const [rest, judged] = [own.filter((i) => !holds.has(fitOn[i])), own.filter((i) => holds.has(fitOn[i]))];
  const known = rest.map((i) => labels[i]);
  if (judged.length === 0 || new Set(known).size < 2) return USUAL_STRENGTH;
  const fitted = await logistic.fit(rowsAt(x, width, rest), width, known, classes, {
    tolerance: TOLERANCE,
    validation: { x: rowsAt(x, width, judged), labels: judged.map((i) => labels[i]) },
    score: (scores, truth) =>
      (macroF1.compute({ classes, labels: truth, predictions: answers(scores, classes) }).value ?? 0) -
      TIE * logLoss(scores, truth, classes),
  });
  return fitted.chosen.strength;
}

/**
 * Weight of the log loss beside macro F1: it decides between equals alone. Without it separable classes would get the
 * largest strength, whose answers hang on the intercepts.
 */
const TIE = 1e-9;
/** Most that one row may cost: a class that the fit does not know. */
const COSTLIEST = 1000;

/** Mean of -log softmax(scores)_label over rows. @param scores [N * classes] */
function logLoss(scores: Float32Array, labels: Int32Array, classes: number): number {
  const losses = Array.from(labels, (label, i) => {
    const own = scores.subarray(i * classes, (i + 1) * classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    const total = own.reduce((sum, score) => sum + Math.exp(score - most), 0);
    return Math.min(COSTLIEST, most + Math.log(total) - own[label]);
  });
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

/** Labelled places, ascending: all, or a sample where there are too many. */
function sampled(labels: Int32Array, classes: number, random: ReturnType<typeof stream>): Int32Array {
  const all = labelled({ labels });
  if (all.length <= PROBE_ROWS) return all;
  const kept: number[] = [];
  for (let c = 0; c < classes; c++) {
    const own = all.filter((i) => labels[i] === c);
    const share = Math.round((PROBE_ROWS * own.length) / all.length);
    kept.push(...random.shuffle(own).subarray(0, Math.max(share, FEWEST)));
  }
  return Int32Array.from(kept).sort();
}

import { stream } from '../../../src/array/random.ts';
import type { Fold } from '../../../src/data/dataset.ts';
import {
  type FeatureOptions,
  makeWindows,
  type Recording,
  type RecordingSet,
  type WindowOptions,
  type WindowSet,
} from '../../../src/data/series/index.ts';
import type { RepresentationSettings } from '../../../src/evaluate/represent/trial.ts';
import { parseRepresentation } from '../../../src/methods/represent/index.ts';
import type { RepresentationPlan } from '../../../src/train/represent/plan.ts';

/** Steps in a window, and from one to the next. */
export const LENGTH = 8;
export const CLASSES = ['rest', 'walk', 'run'];

export interface Toy {
  /** Recordings, each a group of its own. */
  readonly groups?: number;
  /** Windows of a recording. */
  readonly windows?: number;
  /** Class of a step; -1 for none. Default: 40 steps of each state by turns. `null`: no labels at all. */
  readonly label?: ((recording: number, step: number, state: number) => number) | null;
  /** Value of a step; default: mean of the first channel and frequency of the second by state. */
  readonly value?: (recording: number, channel: number, step: number, usual: number) => number;
  readonly seed?: number;
}

/** Recordings of two channels that go through three states, five windows each, from a state that differs. */
export function toySet({ groups = 6, windows = 20, label, value, seed = 1 }: Toy = {}): RecordingSet {
  const random = stream(seed, 'toy');
  const length = windows * LENGTH;
  const recordings = Array.from({ length: groups }, (_, r): Recording => {
    const states = Int32Array.from({ length }, (_, t) => (r + Math.floor(t / (5 * LENGTH))) % 3);
    const channels = new Float32Array(2 * length);
    for (let t = 0; t < length; t++) {
      const usual = [states[t] - 1 + 0.3 * random.normal(), Math.sin((t * 2 ** states[t]) / 2) + 0.3 * random.normal()];
      for (let c = 0; c < 2; c++) channels[c * length + t] = value ? value(r, c, t, usual[c]) : usual[c];
    }
    const name = `r${r}`;
    const common = { name, file: `${name}.csv`, source: name, group: name, channels, length };
    if (label === null) return common;
    return { ...common, labels: states.map((state, t) => (label ? label(r, t, state) : state)) };
  });
  const classes = label === null ? [] : CLASSES;
  const files = recordings.map(({ file }) => ({ file, digest: `sha256:${file}`, rows: length }));
  return { recordings, channels: ['level', 'wave'], classes, counts: classes.map(() => 0), files, findings: [] };
}

export function toyWindows(toy: Toy = {}, options: WindowOptions = { window: LENGTH }): WindowSet {
  return makeWindows(toySet(toy), options);
}

/** Recordings (by their number) as parts of one fold. */
export function foldOf(windows: WindowSet, validation: readonly number[], test: readonly number[]): Fold {
  const all = Int32Array.from({ length: windows.rows }, (_, row) => row);
  const of = (fits: (recording: number) => boolean) => all.filter((row) => fits(windows.recording[row]));
  return {
    repeat: 0,
    fold: 0,
    train: of((r) => !validation.includes(r) && !test.includes(r)),
    validation: of((r) => validation.includes(r)),
    test: of((r) => test.includes(r)),
  };
}

/** One frame a window: rows of ten numbers. */
export const spectrum: FeatureOptions = { features: 'stft' };

/** A small training: four sequences of ten windows a step. */
export const small = (
  method: string,
  more: Partial<RepresentationPlan> = {},
): Omit<RepresentationPlan, 'shape' | 'classes' | 'threshold'> => ({
  spec: parseRepresentation(method),
  encoder: { kind: 'pointwise', widths: [16, 8] },
  sequences: 4,
  sequenceSteps: 10,
  steps: 40,
  optimiser: { kind: 'adamw', weightDecay: 0.01 },
  learningRate: 5e-3,
  schedule: { kind: 'constant' },
  checks: 4,
  ...more,
});

export const settingsOf = (method: string, more: Partial<RepresentationPlan> = {}): RepresentationSettings => ({
  plan: small(method, more),
  seed: 3,
  timeline: false,
});

import { stream } from '../../src/array/random.ts';
import type { Column, Preprocessing } from '../../src/data/dataset.ts';
import type { Fitted, TrialData, TrialSettings } from '../../src/evaluate/trial.ts';
import { parseMethod } from '../../src/methods/index.ts';

/** A table with every kind of column and missing values in each, 90 rows, 3 classes. */
export function mixedTable(): { inputs: Column[]; labels: Int32Array; classes: string[] } {
  const random = stream(11, 'mixed');
  const rows = 90;
  const labels = Int32Array.from({ length: rows }, (_, i) => (i % 9 === 0 ? 2 : i % 3 === 0 ? 1 : 0));
  const each = <T>(make: (label: number, i: number) => T) => Array.from(labels, make);
  const size = Float64Array.from(
    each((label, i) => (i % 13 === 5 ? Number.NaN : 270_900 + 40 * label + 10 * random.normal())),
  );
  const on = Float64Array.from(each((label) => (random.uniform() < 0.2 + 0.3 * label ? 1 : 0)));
  const kind = Int32Array.from(each((label, i) => (i % 17 === 3 ? -1 : (label + random.integer(2)) % 3)));
  const seconds = Float64Array.from(
    each((label, i) => (i % 19 === 7 ? Number.NaN : -86_400 * 40 + i * 50_000 + label * 3600 + 0.5)),
  );
  return {
    inputs: [
      { name: 'size [µm]', kind: 'number', values: size },
      { name: 'on', kind: 'number', values: on, boolean: true },
      { name: 'kind', kind: 'category', codes: kind, levels: ['L', 'M', 'H'] },
      { name: 'stamp', kind: 'date', values: seconds },
    ],
    labels,
    classes: ['fine', 'worn', 'cracked "deep"'],
  };
}

/** What a trial on a table takes, and the preprocessing that it fitted. */
export const tableData = (inputs: readonly Column[], labels: Int32Array, classes: number): TrialData => ({
  items: { kind: 'table', inputs },
  labels,
  classes,
});

export function ofTable({ fitted }: Fitted): Preprocessing {
  if (fitted.kind !== 'table') throw new TypeError(fitted.kind);
  return fitted.preprocessing;
}

export const smallSettings = (method: string): TrialSettings => ({
  plan: {
    spec: parseMethod(method),
    encoder: { kind: 'mlp', widths: [12, 6] },
    steps: 60,
    batch: 24,
    optimiser: { kind: 'adamw', weightDecay: 1e-4 },
    learningRate: 1e-2,
    schedule: { kind: 'cosine' },
    checks: 3,
  },
  seed: 3,
  stopOn: 'macro-recall',
});

/** Every fifth row for validation. */
export function split(rows: number) {
  const all = Array.from({ length: rows }, (_, i) => i);
  return {
    repeat: 0,
    fold: 0,
    train: Int32Array.from(all.filter((i) => i % 5 !== 4)),
    validation: Int32Array.from(all.filter((i) => i % 5 === 4)),
  };
}

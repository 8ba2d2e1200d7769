import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLASSES, type Toy, toySet } from '../../evaluate/represent/toy.ts';

/** The toy as tables, one a recording: level, wave, state. */
export function toyFiles(toy: Toy = {}): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-toy-'));
  return toySet(toy).recordings.map(({ name, channels, length, labels }) => {
    const lines = Array.from({ length }, (_, t) => {
      const label = labels && labels[t] >= 0 ? CLASSES[labels[t]] : '';
      return [channels[t], channels[length + t], label].join(',');
    });
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, `level,wave,state\n${lines.join('\n')}\n`);
    return path;
  });
}

/** What reads them, and a training that takes no time. */
export const usual = {
  series: ['level', 'wave'],
  label: 'state',
  group: 'file',
  window: 8,
  features: 'stft',
  encoder: 'pointwise:widths=12+6',
  folds: 2,
  steps: 4,
  sequence: 6,
  batch: 4,
  workers: 1,
} as const;

export const fresh = () => join(mkdtempSync(join(tmpdir(), 'evenhand-run-')), 'out');

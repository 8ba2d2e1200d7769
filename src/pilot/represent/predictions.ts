import type { WindowSet } from '../../data/series/index.ts';
import { writeParquet } from '../../data/writers/parquet.ts';
import type { RepresentationArmOutcome } from './outcomes.ts';

/**
 * Every probe's answer as Parquet, so that each number of use can be computed again: one line a labelled window, repeat
 * and arm, with the recording and the window's first step. `neighbours` is empty where only a ridge classifier answered.
 */
export async function writeProbeAnswers(
  path: string,
  arms: readonly RepresentationArmOutcome[],
  windows: WindowSet,
): Promise<void> {
  const { classes, recordings } = windows.set;
  const told = arms.filter((arm) => arm.probe !== null);
  if (told.length === 0) return;
  const lines = told.reduce((n, { trials }) => n + trials.reduce((m, { outcome }) => m + outcome.rows.length, 0), 0);
  const int = () => new Int32Array(lines);
  const [recording, start, repeat, fold, method, truth, probe] = [int(), int(), int(), int(), int(), int(), int()];
  const neighbours = int().fill(-1);
  let at = 0;
  told.forEach(({ trials }, a) => {
    for (const { trial, outcome } of trials)
      outcome.rows.forEach((row, i) => {
        recording[at] = windows.recording[row];
        start[at] = windows.start[row];
        repeat[at] = trial.fold.repeat;
        fold[at] = trial.fold.fold;
        method[at] = a;
        truth[at] = windows.labels[row];
        probe[at] = outcome.probe?.[i] ?? -1;
        neighbours[at] = outcome.neighbours?.[i] ?? -1;
        at++;
      });
  });
  await writeParquet(path, [
    { name: 'recording', kind: 'category', codes: recording, levels: recordings.map(({ name }) => name) },
    { name: 'start', kind: 'whole', values: start },
    { name: 'repeat', kind: 'whole', values: repeat },
    { name: 'fold', kind: 'whole', values: fold },
    { name: 'method', kind: 'category', codes: method, levels: told.map((arm) => arm.method) },
    { name: 'label', kind: 'category', codes: truth, levels: classes },
    { name: 'probe', kind: 'category', codes: probe, levels: classes },
    { name: 'neighbours', kind: 'category', codes: neighbours, levels: classes },
  ]);
}

import { join } from 'node:path';
import { InputError } from '../array/errors.ts';
import { writeAtomic } from '../pilot/files.ts';
import { sweepRepresentation } from '../pilot/sweep/represent.ts';
import { strategies } from '../pilot/sweep/sweep.ts';
import { sweepHtml } from '../report/sweep/index.ts';
import { type DataFlags, representationOptions } from './series.ts';
import { checkLanguage, defaultFolder, type SessionFlags, watched } from './session.ts';
import { sweepSummary } from './summary/sweep.ts';

/** What `evenhand sweep` was told. */
export interface SweepFlags extends DataFlags, SessionFlags {
  method: string;
  over?: string[];
  strategy?: string;
  samples?: number;
}

/** Runs the sweep, shows its progress on standard error and its map on standard output. */
export async function runSweep(files: readonly string[], flags: SweepFlags): Promise<void> {
  const lang = checkLanguage(flags);
  const { method, over = [], samples } = flags;
  const strategy = strategies.find((name) => name === flags.strategy);
  if (flags.strategy !== undefined && !strategy)
    throw new InputError(`--strategy: must be grid, random or halving, got "${flags.strategy}"`);
  const options = representationOptions(files, flags);
  const out = flags.out ?? defaultFolder(files[0], flags.resume ?? false, 'evenhand-sweep');
  const result = await watched(out, flags, (run) =>
    sweepRepresentation({ ...options, method, over, strategy, samples, ...run }),
  );
  const page = join(out, 'sweep.html');
  writeAtomic(page, sweepHtml(result, { lang }));
  const written = `Map: ${page}\nNumbers: ${join(out, 'sweep.json')}`;
  if (flags.json) {
    if (!flags.quiet) process.stderr.write(`${sweepSummary(result)}\n${written}\n`);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else process.stdout.write(`${sweepSummary(result)}\n${written}\n`);
}

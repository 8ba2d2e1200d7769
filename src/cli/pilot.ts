import { join } from 'node:path';
import { InputError } from '../array/errors.ts';
import { writeAtomic } from '../pilot/files.ts';
import { type PilotOptions, pilot } from '../pilot/pilot.ts';
import { defaultChoices } from '../pilot/plan.ts';
import { pilotRepresentation } from '../pilot/represent/pilot.ts';
import type { Result } from '../pilot/result.ts';
import type { RunOptions } from '../pilot/run.ts';
import { reportHtml } from '../report/index.ts';
import { commonOptions, type DataFlags, representationOptions, taskOf, taskOptions } from './series.ts';
import { checkLanguage, defaultFolder, type SessionFlags, watched } from './session.ts';
import { summary } from './summary.ts';

/** What `evenhand pilot` was told. */
export interface PilotFlags extends DataFlags, SessionFlags {
  task?: string;
  augment?: string;
  augmentExcept?: string[];
  ablate?: string;
  sweep?: string[];
}

/** Runs the pilot, shows its progress on standard error and its answer on standard output. */
export async function runPilot(files: readonly string[], flags: PilotFlags): Promise<void> {
  const lang = checkLanguage(flags);
  const start = starter(files, flags);
  const out = flags.out ?? defaultFolder(files[0], flags.resume ?? false);
  const result = await watched(out, flags, start);
  const page = join(out, 'report.html');
  writeAtomic(page, reportHtml(result, { lang }));
  const written = `Report: ${page}\nNumbers: ${join(out, 'result.json')}, predictions.parquet and models beside it`;
  if (flags.json) {
    if (!flags.quiet) process.stderr.write(`${summary(result)}\n${written}\n`);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else process.stdout.write(`${summary(result)}\n${written}\n`);
}

/** The pilot that the flags ask for, all but where and how it runs. @throws InputError for flags that do not go together */
function starter(files: readonly string[], flags: PilotFlags): (run: RunOptions) => Promise<Result> {
  if (taskOf(flags) === 'represent') {
    const foreign = (['ablate', 'sweep'] as const).find((flag) => flags[flag] !== undefined);
    if (foreign)
      throw new InputError(
        `--${foreign}: is for telling classes; ${foreign === 'sweep' ? 'settings of representations: evenhand sweep' : 'leave it out'}`,
      );
    const options = representationOptions(files, flags);
    return (run) => pilotRepresentation({ ...options, ...run });
  }
  const options = classificationOptions(files, flags);
  return (run) => pilot({ ...options, ...run });
}

function classificationOptions(files: readonly string[], flags: PilotFlags): Omit<PilotOptions, 'out'> {
  const { batch, encoder, augment, augmentExcept, ablate, sweep } = flags;
  return {
    ...taskOptions(flags),
    ...commonOptions(flags, defaultChoices.criteria),
    files,
    batch,
    encoder,
    augment,
    augmentExcept,
    ablate,
    sweep,
  };
}

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../array/errors.ts';
import { isFree, writeAtomic } from '../pilot/files.ts';
import { type PilotEvent, type PilotOptions, pilot } from '../pilot/pilot.ts';
import { defaultChoices } from '../pilot/plan.ts';
import { reportHtml } from '../report/index.ts';
import { columnLines, dataLines, deviceLine, findingLines } from './describe.ts';
import { Interrupted } from './errors.ts';
import { progressLine } from './progress.ts';
import { summary } from './summary.ts';

/** What `evenhand pilot` was told. */
export interface PilotFlags {
  label: string[];
  baseline?: string;
  candidate?: string;
  references?: string[];
  group?: string;
  time?: string;
  ignore?: string[];
  keep?: string[];
  criterion?: string[];
  margin?: number;
  guard?: { metric: string; tolerance: number }[];
  folds?: number;
  repeats?: number;
  steps?: number;
  seed?: number;
  workers?: number;
  device?: string;
  out?: string;
  resume?: boolean;
  lang?: string;
  json?: boolean;
  quiet?: boolean;
}

/** Runs the pilot, shows its progress on standard error and its answer on standard output. */
export async function runPilot(file: string, flags: PilotFlags): Promise<void> {
  if (flags.lang !== undefined && flags.lang !== 'en' && flags.lang !== 'ja')
    throw new InputError(`--lang: must be en or ja, got "${flags.lang}"`);
  const out = flags.out ?? defaultFolder(file, flags.resume ?? false);
  const interrupt = interruption();
  const say = flags.quiet ? () => {} : (text: string) => process.stderr.write(`${text}\n`);
  const progress = progressLine(process.stderr, flags.quiet ?? false);
  const onEvent = (event: PilotEvent) => {
    if (event.kind === 'task')
      say([...dataLines(event.task), '', ...columnLines(event.task), '', ...findingLines(event.task), ''].join('\n'));
    else if (event.kind === 'device') say(deviceLine(event.device));
    else if (event.kind === 'plan') {
      const { plan, done } = event;
      const again = done > 0 ? `, ${done} of them already done` : '';
      say(
        `${plan.arms.length} methods, ${plan.choices.repeats} repeats x ${plan.choices.folds} folds (${plan.scheme}): ` +
          `${plan.trials.length} trainings of ${plan.steps} steps${again}; design ${plan.hash}, folder ${out}`,
      );
    } else progress.show(event);
  };
  try {
    const result = await pilot({ ...optionsOf(file, flags), out, signal: interrupt.signal, onEvent });
    progress.end();
    const page = join(out, 'report.html');
    writeAtomic(page, reportHtml(result, { lang: flags.lang }));
    const files = `Report: ${page}\nNumbers: ${join(out, 'result.json')}, predictions.parquet and models beside it`;
    if (flags.json) {
      say(`${summary(result)}\n${files}`);
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    } else process.stdout.write(`${summary(result)}\n${files}\n`);
  } catch (error) {
    progress.end();
    if (interrupt.signal.aborted)
      throw new Interrupted(`interrupted; finished trials are in ${out}, add --resume --out ${out} to go on`);
    throw error;
  } finally {
    interrupt.stop();
  }
}

function optionsOf(file: string, flags: PilotFlags): Omit<PilotOptions, 'out'> {
  const { criterion, guard, references } = flags;
  const usual = defaultChoices.criteria;
  const margin = flags.margin ?? usual[0].margin;
  return {
    file,
    label: flags.label,
    group: flags.group,
    time: flags.time,
    ignore: flags.ignore,
    keep: flags.keep,
    baseline: flags.baseline,
    candidate: flags.candidate,
    references: references?.join() === 'none' ? [] : references,
    criteria: (criterion ?? usual.map(({ metric }) => metric)).map((metric) => ({ metric, margin })),
    guards: guard,
    folds: flags.folds,
    repeats: flags.repeats,
    steps: flags.steps,
    seed: flags.seed,
    workers: flags.workers,
    device: flags.device,
    resume: flags.resume,
  };
}

/** `evenhand-FILE`, or the next free `evenhand-FILE-2`; to resume, the last one that there is. */
function defaultFolder(file: string, resume: boolean): string {
  const stem =
    basename(file)
      .replace(/\.(gz|gzip)$/i, '')
      .replace(/\.[^.]+$/, '') || 'data';
  const name = (i: number) => (i === 1 ? `evenhand-${stem}` : `evenhand-${stem}-${i}`);
  let i = 1;
  while (!isFree(name(i))) i++;
  return resume && i > 1 && existsSync(name(i - 1)) ? name(i - 1) : name(i);
}

/** Aborts at Ctrl-C or a termination request; a second one ends at once. */
function interruption(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const handle = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted('interrupted'));
  };
  for (const signal of signals) process.on(signal, handle);
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, handle);
    },
  };
}

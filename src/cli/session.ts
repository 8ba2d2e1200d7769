import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../array/errors.ts';
import { isFree } from '../pilot/files.ts';
import type { PilotEvent, RunOptions } from '../pilot/run.ts';
import type { Language } from '../report/index.ts';
import { eventLines } from './describe.ts';
import { Interrupted } from './errors.ts';
import { progressLine } from './progress.ts';

/** Where and how a long command runs. */
export interface SessionFlags {
  workers?: number;
  device?: string;
  out?: string;
  resume?: boolean;
  lang?: string;
  json?: boolean;
  quiet?: boolean;
}

/** @throws InputError when there is no such language */
export function checkLanguage({ lang }: SessionFlags): Language | undefined {
  if (lang === undefined || lang === 'en' || lang === 'ja') return lang;
  throw new InputError(`--lang: must be en or ja, got "${lang}"`);
}

/** Runs what takes long: progress on standard error, and Ctrl-C leaves what can be gone on with. */
export async function watched<T>(
  out: string,
  { quiet = false, workers, device, resume }: SessionFlags,
  run: (options: RunOptions) => Promise<T>,
): Promise<T> {
  const interrupt = interruption();
  const progress = progressLine(process.stderr, quiet);
  const onEvent = (event: PilotEvent) => {
    if (event.kind === 'step' || event.kind === 'trial' || event.kind === 'judging') progress.show(event);
    else if (!quiet) for (const line of eventLines(event, out)) process.stderr.write(`${line}\n`);
  };
  try {
    return await run({ out, workers, device, resume, signal: interrupt.signal, onEvent });
  } catch (error) {
    if (interrupt.signal.aborted)
      throw new Interrupted(`interrupted; finished trials are in ${out}, add --resume --out ${out} to go on`);
    throw error;
  } finally {
    progress.end();
    interrupt.stop();
  }
}

/** `evenhand-FILE`, or the next free `evenhand-FILE-2`; to resume, the last one that there is. */
export function defaultFolder(file: string, resume: boolean, prefix = 'evenhand'): string {
  const stem =
    basename(file)
      .replace(/\.(gz|gzip)$/i, '')
      .replace(/\.[^.]+$/, '') || 'data';
  const name = (i: number) => (i === 1 ? `${prefix}-${stem}` : `${prefix}-${stem}-${i}`);
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

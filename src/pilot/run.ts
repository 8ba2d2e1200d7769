import { InputError } from '../array/errors.ts';
import type { Finding, Task } from '../data/dataset.ts';
import type { WindowSet } from '../data/series/index.ts';
import { type DeviceName, defaultDevice, deviceOf } from '../runtime/devices.ts';
import { type FoundDevice, findDevice, probeDevice } from '../runtime/find-device.ts';
import { isFolder, isFree, prepareFolder, writeAtomic } from './files.ts';
import { defaultWorkers, type Jobs, nameOf, type PlannedTrial, runLocally } from './local.ts';
import { designHashIn } from './plan.ts';
import { checkpointPath } from './trial-file.ts';

/** What every pilot can be told, whatever its task. */
export interface RunOptions {
  /** Folder for result.json, predictions.parquet, models and trials. */
  readonly out: string;
  /** Go on with what an interrupted run left in `out`. */
  readonly resume?: boolean;
  /** Worker threads; the number of cores when left out. Devices other than cpu take one. */
  readonly workers?: number;
  /** Where the trainings are computed: cpu (default), webgpu, cuda, or auto for the fastest that works here. */
  readonly device?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PilotEvent) => void;
}

export type PilotEvent =
  | { readonly kind: 'device'; readonly device: FoundDevice }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'windows'; readonly windows: WindowSet; readonly findings: readonly Finding[] }
  | { readonly kind: 'plan'; readonly plan: PlanInWords; readonly done: number }
  | {
      readonly kind: 'step';
      readonly trial: string;
      readonly step: number;
      readonly steps: number;
      readonly progress: Progress;
    }
  | { readonly kind: 'trial'; readonly trial: string; readonly seconds: number; readonly progress: Progress }
  | { readonly kind: 'judging' };

export interface PlanInWords {
  readonly methods: number;
  readonly repeats: number;
  readonly folds: number;
  readonly scheme: string;
  readonly trials: number;
  readonly steps: number;
  readonly hash: string;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Estimated from the speed so far; null before the first step. */
  readonly secondsLeft: number | null;
}

/** A pilot that is fixed: its trials, and the hash of everything that determines its numbers. */
export interface Planned<Settings> {
  readonly trials: readonly PlannedTrial<Settings>[];
  /** Of each training. */
  readonly steps: number;
  readonly hash: string;
  /** What the hash was taken of. */
  readonly design: Readonly<Record<string, unknown>>;
}

/** Tries the device that is asked for; tells where it is not the usual one. @throws InputError when it is not there */
export async function chooseDevice({ workers, device, signal, onEvent }: RunOptions) {
  const found = await findDevice(device ?? defaultDevice, {
    atOnce: workers ?? defaultWorkers(),
    probe: (name) => probeDevice(name, { signal }),
  });
  if (found.name !== defaultDevice || found.why) onEvent?.({ kind: 'device', device: found });
  return found.name;
}

/** Makes the folder this pilot's own. @throws InputError when it belongs to another one */
export function claimFolder(
  { out, resume = false }: RunOptions,
  { hash, design }: Pick<Planned<unknown>, 'hash' | 'design'>,
): void {
  const existing = designHashIn(out);
  if (existing && existing !== hash)
    throw new InputError(
      `--out: "${out}" holds another pilot (design ${existing}, this one is ${hash}: other data, choices or version); name another folder`,
    );
  if (existing && !resume)
    throw new InputError(
      `--out: "${out}" holds this pilot already; add --resume to go on with it, or name another folder`,
    );
  if (!existing && isFolder(out) && !isFree(out))
    throw new InputError(`--out: "${out}" holds other files and no pilot; name another folder`);
  prepareFolder(out);
  if (!existing) writeAtomic(`${out}/design.json`, `${JSON.stringify({ hash, ...design }, null, 2)}\n`);
}

/** How finished trials lie on disk. */
export interface TrialFiles<Outcome> {
  readonly load: (folder: string, id: string) => Outcome | undefined;
  readonly save: (folder: string, id: string, outcome: Outcome) => void;
}

interface Running<J extends keyof Jobs> {
  readonly job: J;
  readonly plan: Planned<Jobs[J]['settings']>;
  readonly inWords: Omit<PlanInWords, 'trials' | 'steps' | 'hash'>;
  readonly data: Jobs[J]['data'];
  readonly device: DeviceName;
  readonly options: RunOptions;
  readonly files: TrialFiles<Jobs[J]['outcome']>;
}

/**
 * Runs the trials that are not there yet, each kept as soon as it is done.
 * @returns outcomes by trial id, all of them, and the number of workers
 */
export async function runTrials<J extends 'trial' | 'represent'>({
  job,
  plan,
  inWords,
  data,
  device,
  options,
  files,
}: Running<J>): Promise<{ outcomes: ReadonlyMap<string, Jobs[J]['outcome']>; workers: number }> {
  const { out, signal, onEvent } = options;
  const { trials, steps, hash } = plan;
  const outcomes = new Map<string, Jobs[J]['outcome']>();
  for (const { id } of trials) {
    const known = files.load(out, id);
    if (known) outcomes.set(id, known);
  }
  onEvent?.({ kind: 'plan', plan: { ...inWords, trials: trials.length, steps, hash }, done: outcomes.size });
  const workers = Math.min(options.workers ?? defaultWorkers(), deviceOf(device).trainings);
  const progress = progressOf(plan, outcomes.size);
  await runLocally(
    job,
    trials.filter(({ id }) => !outcomes.has(id)),
    data,
    {
      workers,
      device,
      signal,
      checkpoint: ({ id }) => checkpointPath(out, id),
      onStep: (trial, step) =>
        onEvent?.({ kind: 'step', trial: nameOf(trial), step, steps, progress: progress.step(trial, step) }),
      onDone: (trial, outcome) => {
        files.save(out, trial.id, outcome);
        outcomes.set(trial.id, outcome);
        const seconds = outcome.trainSeconds;
        onEvent?.({ kind: 'trial', trial: nameOf(trial), seconds, progress: progress.finish(trial) });
      },
    },
  );
  signal?.throwIfAborted();
  onEvent?.({ kind: 'judging' });
  return { outcomes, workers };
}

/** Counts steps over all trials; the time left follows from the speed of this run. */
function progressOf(plan: Planned<unknown>, doneBefore: number) {
  const total = plan.trials.length;
  const started = performance.now();
  const running = new Map<string, number>();
  let done = doneBefore;
  const now = (): Progress => {
    const current = [...running.values()].reduce((a, b) => a + b, 0);
    const steps = (done - doneBefore) * plan.steps + current;
    const left = (total - done) * plan.steps - current;
    const perStep = (performance.now() - started) / 1000 / steps;
    return { done, total, secondsLeft: steps > 0 ? left * perStep : null };
  };
  return {
    step: ({ id }: PlannedTrial<unknown>, step: number) => {
      running.set(id, step);
      return now();
    },
    finish: ({ id }: PlannedTrial<unknown>) => {
      running.delete(id);
      done++;
      return now();
    },
  };
}

/** @throws InputError when `value` is no whole number from `least` to `most` */
export function checkWhole(flag: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InputError(`--${flag}: must be a whole number from ${least} to ${most}, got ${value}`);
}

/**
 * @param most what margins and tolerances must be below: 1 for shares
 * @throws InputError when a criterion or guard is not of use
 */
export function checkRules(
  criteria: readonly { metric: string; margin: number }[],
  guards: readonly { metric: string; tolerance: number }[],
  most = 1,
): void {
  if (criteria.length === 0) throw new InputError('--criterion: name at least one metric');
  const range = Number.isFinite(most) ? `0 to ${most}` : '0 or more';
  for (const { metric, margin } of criteria)
    if (!(margin >= 0 && margin < most))
      throw new InputError(`--margin: must be ${range} for ${metric}, got ${margin}`);
  for (const { metric, tolerance } of guards)
    if (!(tolerance >= 0 && tolerance < most))
      throw new InputError(`--guard: must be ${range} for ${metric}, got ${tolerance}`);
}

/** A command as it is typed: flags without a value are left out. */
export function commandLine(
  command: 'pilot' | 'sweep',
  words: readonly string[],
  flags: readonly (readonly [flag: string, value: string | undefined])[],
): string {
  const given = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, quote(value)]));
  return [`npx evenhand ${command}`, ...words.map(quote), ...given].join(' ');
}

/** A word as a POSIX shell reads it back. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

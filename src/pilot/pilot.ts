import { join } from 'node:path';
import { InputError } from '../array/errors.ts';
import type { Task } from '../data/dataset.ts';
import { readTable } from '../data/readers/table.ts';
import { missingClasses } from '../data/splits.ts';
import { makeTask } from '../data/task.ts';
import { type TrialOutcome, trialData } from '../evaluate/trial.ts';
import { defaultDevice, deviceOf } from '../runtime/devices.ts';
import { type FoundDevice, findDevice, probeDevice } from '../runtime/find-device.ts';
import { runtimeVersion } from '../runtime/session.ts';
import { describeArm } from './arms.ts';
import { compare } from './compare.ts';
import { isFolder, isFree, prepareFolder, writeAtomic } from './files.ts';
import { saveModels } from './final.ts';
import { defaultWorkers, nameOf, runLocally } from './local.ts';
import { armOutcomes, evaluatedItems, predictionsOf } from './outcomes.ts';
import {
  defaultChoices,
  designHashIn,
  type PilotChoices,
  type PilotPlan,
  packageVersion,
  planArms,
  planPilot,
  type TrialPlan,
} from './plan.ts';
import { writePredictions } from './predictions.ts';
import { type Result, result as resultSchema } from './result.ts';
import { checkpointPath, loadTrial, saveTrial } from './trial-file.ts';

export interface PilotOptions extends Partial<Omit<PilotChoices, 'device'>> {
  /** CSV, TSV, Parquet or JSON lines, gzipped or not. */
  readonly file: string;
  /** One column, or several 0/1 columns that make one label. */
  readonly label: readonly string[];
  /** What must stay on one side of a split: machine, lot, patient. */
  readonly group?: string;
  /** Column that orders the rows in time: then training always lies before testing. */
  readonly time?: string;
  readonly ignore?: readonly string[];
  /** Columns to use although the audit would leave them out. */
  readonly keep?: readonly string[];
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
  | { readonly kind: 'plan'; readonly plan: PilotPlan; readonly done: number }
  | {
      readonly kind: 'step';
      readonly trial: string;
      readonly step: number;
      readonly steps: number;
      readonly progress: Progress;
    }
  | { readonly kind: 'trial'; readonly trial: string; readonly seconds: number; readonly progress: Progress }
  | { readonly kind: 'judging' };

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Estimated from the speed so far; null before the first step. */
  readonly secondsLeft: number | null;
}

/**
 * The pilot: A against B on the user's own data, several seeds and folds, one verdict.
 *
 * Writes into `out`: design.json (before training), trials/, predictions.parquet, models/, result.json (last). Every file
 * is whole or not there. Same choices, same data, same machine: the same result.json but for `cost` and `times`.
 *
 * @throws InputError for wrong use or wrong data, before any training
 */
export async function pilot(options: PilotOptions): Promise<Result> {
  const started = new Date();
  const { file, label, group, time, ignore, keep, out, signal, onEvent } = options;
  const chosen = completeChoices(options);
  planArms(chosen);
  const wanted = options.workers ?? defaultWorkers();
  const device = await findDevice(options.device ?? defaultDevice, {
    atOnce: wanted,
    probe: (name) => probeDevice(name, { signal }),
  });
  if (device.name !== defaultDevice || device.why) onEvent?.({ kind: 'device', device });
  const choices = { ...chosen, device: device.name };
  const dataset = await readTable(file);
  const task = makeTask(dataset, { label, group, time, ignore, keep });
  const plan = planPilot(task, choices);
  claimFolder(out, plan, options.resume ?? false);
  onEvent?.({ kind: 'task', task });

  const outcomes = new Map<string, TrialOutcome>();
  for (const { id } of plan.trials) {
    const known = loadTrial(out, id);
    if (known) outcomes.set(id, known);
  }
  onEvent?.({ kind: 'plan', plan, done: outcomes.size });
  const workers = Math.min(wanted, deviceOf(device.name).trainings);
  const missing = plan.trials.filter(({ id }) => !outcomes.has(id));
  const progress = progressOf(plan, outcomes.size);
  await runLocally('trial', missing, trialData(task), {
    workers,
    device: device.name,
    signal,
    checkpoint: ({ id }) => checkpointPath(out, id),
    onStep: (trial, step) => {
      const { steps } = plan;
      onEvent?.({ kind: 'step', trial: nameOf(trial), step, steps, progress: progress.step(trial, step) });
    },
    onDone: (trial, outcome) => {
      saveTrial(out, trial.id, outcome);
      outcomes.set(trial.id, outcome);
      onEvent?.({
        kind: 'trial',
        trial: nameOf(trial),
        seconds: outcome.trainSeconds,
        progress: progress.finish(trial),
      });
    },
  });
  signal?.throwIfAborted();
  onEvent?.({ kind: 'judging' });
  return judge({ task, plan, options, started, workers, outcomes });
}

interface Finished {
  readonly task: Task;
  readonly plan: PilotPlan;
  readonly options: PilotOptions;
  readonly started: Date;
  readonly workers: number;
  readonly outcomes: ReadonlyMap<string, TrialOutcome>;
}

/** From finished trials to the result, and all files of it. */
async function judge({ task, plan, options, started, workers, outcomes }: Finished): Promise<Result> {
  const { out } = options;
  const { choices } = plan;
  const classes = task.classes;
  const arms = armOutcomes(task, plan, ({ id }) => {
    const outcome = outcomes.get(id);
    if (!outcome) throw new RangeError(`pilot: trial ${id} is missing`);
    return outcome;
  });
  const items = evaluatedItems(task, plan);
  const { comparisons, verdict } = compare({
    arms: arms.map((outcome) => ({
      method: outcome.arm.spec.name,
      role: outcome.arm.role,
      simplicity: outcome.arm.simplicity,
      predictions: predictionsOf(outcome, items, plan, classes.length),
    })),
    classes,
    criteria: choices.criteria,
    guards: choices.guards,
  });
  const wanted = [verdict.baseline, verdict.candidate, verdict.simpler];
  const models = saveModels(
    task,
    plan,
    plan.arms.filter(({ spec }) => wanted.includes(spec.name)),
    { folder: out, workers, device: choices.device, signal: options.signal },
  );
  // Those train on other threads meanwhile. A failure is met below, where all is awaited.
  models.catch(() => {});
  await writePredictions(join(out, 'predictions.parquet'), arms, task);
  const described = arms.map((arm) => describeArm(arm, items, plan, classes));
  const costs = await models;
  const found = resultSchema.parse({
    schema: 'evenhand.result/1',
    verdict,
    arms: described.map((arm) => ({ ...arm, cost: { ...arm.cost, ...costs.get(arm.method) } })),
    comparisons,
    audit: [...task.audit, ...missingClasses(task, plan.folds)],
    columns: [...task.columns],
    design: {
      hash: plan.hash,
      command: commandOf(options, plan),
      label: [...options.label],
      group: options.group ?? null,
      time: options.time ?? null,
      scheme: plan.scheme,
      folds: choices.folds,
      repeats: choices.repeats,
      steps: plan.steps,
      batch: plan.trials[0].settings.plan.batch,
      seed: choices.seed,
      criteria: [...choices.criteria],
      guards: [...choices.guards],
      statement: 'For new items and new seeds, with training sets like this one.',
      unit: task.groups ? 'group' : 'item',
    },
    data: {
      file: options.file,
      rows: task.dataset.rows,
      labelled: task.counts.reduce((a, b) => a + b, 0),
      digest: task.dataset.digest,
      inputs: task.inputs.length,
      classes: classes.map((name, c) => ({ name, count: task.counts[c] })),
    },
    software: {
      evenhand: packageVersion(),
      onnxruntime: runtimeVersion,
      node: process.version,
      device: choices.device,
    },
    times: { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000, workers },
  } satisfies Result);
  writeAtomic(join(out, 'result.json'), `${JSON.stringify(found, null, 2)}\n`);
  return found;
}

/** The choices with their defaults. @throws InputError when a number is out of range */
function completeChoices(options: PilotOptions): Omit<PilotChoices, 'device'> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const { baseline, candidate, references, criteria, guards, folds, repeats, steps, seed } = {
    ...defaultChoices,
    ...given,
  } as PilotChoices;
  const whole = (name: string, value: number, least: number, most: number) => {
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InputError(`--${name}: must be a whole number from ${least} to ${most}, got ${value}`);
  };
  whole('folds', folds, 2, 100);
  whole('repeats', repeats, 1, 1000);
  whole('seed', seed, 0, 2 ** 31 - 1);
  if (steps !== undefined) whole('steps', steps, 1, 1_000_000);
  if (options.workers !== undefined) whole('workers', options.workers, 1, 256);
  if (criteria.length === 0) throw new InputError('--criterion: name at least one metric');
  for (const { metric, margin } of criteria)
    if (!(margin >= 0 && margin < 1)) throw new InputError(`--margin: must be 0 to 1 for ${metric}, got ${margin}`);
  for (const { metric, tolerance } of guards)
    if (!(tolerance >= 0 && tolerance < 1))
      throw new InputError(`--guard: must be 0 to 1 for ${metric}, got ${tolerance}`);
  return { baseline, candidate, references, criteria, guards, folds, repeats, steps, seed };
}

/** Makes the folder this pilot's own. @throws InputError when it belongs to another one */
function claimFolder(out: string, plan: PilotPlan, resume: boolean): void {
  const existing = designHashIn(out);
  if (existing && existing !== plan.hash)
    throw new InputError(
      `--out: "${out}" holds another pilot (design ${existing}, this one is ${plan.hash}: other data, choices or version); name another folder`,
    );
  if (existing && !resume)
    throw new InputError(
      `--out: "${out}" holds this pilot already; add --resume to go on with it, or name another folder`,
    );
  if (!existing && isFolder(out) && !isFree(out))
    throw new InputError(`--out: "${out}" holds other files and no pilot; name another folder`);
  prepareFolder(out);
  const design = JSON.stringify({ hash: plan.hash, ...plan.design }, null, 2);
  if (!existing) writeAtomic(join(out, 'design.json'), `${design}\n`);
}

/** Counts steps over all trials; the time left follows from the speed of this run. */
function progressOf(plan: PilotPlan, doneBefore: number) {
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
    step: (trial: TrialPlan, step: number) => {
      running.set(trial.id, step);
      return now();
    },
    finish: (trial: TrialPlan) => {
      running.delete(trial.id);
      done++;
      return now();
    },
  };
}

/** The command that repeats this pilot: what was chosen, without where it was written. */
function commandOf(options: PilotOptions, { choices }: PilotPlan): string {
  const d = defaultChoices;
  const list = (values: readonly string[]) => values.join(',');
  const flags: [string, string | undefined][] = [
    ['--label', list(options.label)],
    ['--baseline', choices.baseline === d.baseline ? undefined : choices.baseline],
    ['--candidate', choices.candidate === d.candidate ? undefined : choices.candidate],
    ['--references', list(choices.references) === list(d.references) ? undefined : list(choices.references) || 'none'],
    ['--group', options.group],
    ['--time', options.time],
    ['--ignore', options.ignore?.length ? list(options.ignore) : undefined],
    ['--keep', options.keep?.length ? list(options.keep) : undefined],
    ['--criterion', list(choices.criteria.map((c) => c.metric))],
    ['--margin', String(choices.criteria[0].margin)],
    ['--guard', list(choices.guards.map((g) => `${g.metric}=${g.tolerance}`)) || 'none'],
    ['--folds', String(choices.folds)],
    ['--repeats', String(choices.repeats)],
    ['--steps', choices.steps === undefined ? undefined : String(choices.steps)],
    ['--seed', String(choices.seed)],
    ['--device', choices.device === d.device ? undefined : choices.device],
  ];
  const words = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, quote(value)]));
  return ['npx evenhand pilot', quote(options.file), ...words].join(' ');
}

/** A word as a POSIX shell reads it back. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

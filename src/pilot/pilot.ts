import { join } from 'node:path';
import type { Task } from '../data/dataset.ts';
import { readTable } from '../data/readers/table.ts';
import { missingClasses } from '../data/splits.ts';
import { makeTask } from '../data/task.ts';
import { type TrialOutcome, trialData } from '../evaluate/trial.ts';
import { runtimeVersion } from '../runtime/session.ts';
import { describeArm } from './arms.ts';
import { compare } from './compare.ts';
import { writeAtomic } from './files.ts';
import { saveModels } from './final.ts';
import { armOutcomes, evaluatedItems, predictionsOf } from './outcomes.ts';
import { defaultChoices, type PilotChoices, type PilotPlan, packageVersion, planArms, planPilot } from './plan.ts';
import { writePredictions } from './predictions.ts';
import { type Classification, classification } from './result.ts';
import { checkRules, checkWhole, chooseDevice, claimFolder, commandLine, type RunOptions, runTrials } from './run.ts';
import { loadTrial, saveTrial } from './trial-file.ts';

export interface PilotOptions extends Partial<Omit<PilotChoices, 'device'>>, RunOptions {
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
}

/**
 * The pilot: A against B on the user's own data, several seeds and folds, one verdict.
 *
 * Writes into `out`: design.json (before training), trials/, predictions.parquet, models/, result.json (last). Every file
 * is whole or not there. Same choices, same data, same machine: the same result.json but for `cost` and `times`.
 *
 * @throws InputError for wrong use or wrong data, before any training
 */
export async function pilot(options: PilotOptions): Promise<Classification> {
  const started = new Date();
  const { file, label, group, time, ignore, keep, onEvent } = options;
  const chosen = completeChoices(options);
  planArms(chosen);
  const device = await chooseDevice(options);
  const dataset = await readTable(file);
  const task = makeTask(dataset, { label, group, time, ignore, keep });
  const plan = planPilot(task, { ...chosen, device });
  claimFolder(options, plan);
  onEvent?.({ kind: 'task', task });
  const { repeats, folds } = chosen;
  const { outcomes, workers } = await runTrials({
    job: 'trial',
    plan,
    inWords: { methods: plan.arms.length, repeats, folds, scheme: plan.scheme },
    data: trialData(task),
    device,
    options,
    files: { load: loadTrial, save: saveTrial },
  });
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
async function judge({ task, plan, options, started, workers, outcomes }: Finished): Promise<Classification> {
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
  const found = classification.parse({
    schema: 'evenhand.result/1',
    task: 'classify',
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
  } satisfies Classification);
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
  checkWhole('folds', folds, 2, 100);
  checkWhole('repeats', repeats, 1, 1000);
  checkWhole('seed', seed, 0, 2 ** 31 - 1);
  if (steps !== undefined) checkWhole('steps', steps, 1, 1_000_000);
  if (options.workers !== undefined) checkWhole('workers', options.workers, 1, 256);
  checkRules(criteria, guards);
  return { baseline, candidate, references, criteria, guards, folds, repeats, steps, seed };
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
  return commandLine('pilot', [options.file], flags);
}

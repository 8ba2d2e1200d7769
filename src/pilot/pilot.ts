import { join } from 'node:path';
import { InputError } from '../array/errors.ts';
import type { Task } from '../data/dataset.ts';
import { type OpenTaskOptions, openTask } from '../data/items/open.ts';
import { classCounts, missingClasses } from '../data/splits.ts';
import { type TrialOutcome, trialData } from '../evaluate/trial.ts';
import { runtimeVersion } from '../runtime/session.ts';
import { describeArm } from './arms.ts';
import { compare } from './compare.ts';
import { writeAtomic } from './files.ts';
import { saveModels } from './final.ts';
import { dataFlags, switchesOf } from './flags.ts';
import { armOutcomes, evaluatedItems, predictionsOf } from './outcomes.ts';
import { defaultChoices, type PilotChoices, type PilotPlan, packageVersion, planArms, planPilot } from './plan.ts';
import { writePredictions } from './predictions.ts';
import { type Classification, classification } from './result.ts';
import { checkRules, checkWhole, chooseDevice, claimFolder, commandLine, type RunOptions, runTrials } from './run.ts';
import { seriesFacts } from './series-facts.ts';
import { loadTrial, saveTrial } from './trial-file.ts';
import {
  ablationComparisons,
  armChoices,
  type VariantOptions,
  type Variants,
  variantsOf,
  withVariants,
} from './variants.ts';

export interface TaskPilotOptions extends Partial<Omit<PilotChoices, 'device'>>, VariantOptions, RunOptions {
  /** Whether A, B and a simpler method that is enough are trained once more and exported; default true. */
  readonly models?: boolean;
}

export interface PilotOptions extends TaskPilotOptions, OpenTaskOptions {
  /** One table, or the files or the folder of time series or pictures (see `openTask`). */
  readonly files: readonly string[];
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
  return pilotTask(
    () => openTask(options.files, options),
    options,
    (plan) => commandOf(options, plan),
    options,
  );
}

/**
 * The same on a task from elsewhere than files.
 * @param open makes it, once it is clear that the options hold  @param command what the result says was run
 */
export async function pilotTask(
  open: () => Promise<Task>,
  options: TaskPilotOptions,
  command: (plan: PilotPlan) => string = () => 'pilotTask(...)',
  said: Pick<OpenTaskOptions, 'label' | 'group' | 'time'> = {},
): Promise<Classification> {
  const started = new Date();
  const { onEvent } = options;
  const choose = (variants: Variants) => completeChoices({ ...options, ...armChoices(options, variants) });
  planArms(choose(variantsOf(options)));
  const device = await chooseDevice(options);
  const task = await open();
  const variants = variantsOf(options, task.items.kind);
  const chosen = choose(variants);
  const plan = withVariants(
    planPilot(task, { ...chosen, device }),
    variants,
    options.references ?? [],
    task.items.kind,
  );
  claimFolder(options, plan);
  onEvent?.({ kind: 'task', task });
  const { repeats } = chosen;
  const folds = plan.scheme === 'given' ? 1 : chosen.folds;
  const { outcomes, workers } = await runTrials({
    job: 'trial',
    plan,
    inWords: { methods: plan.arms.length, repeats, folds, scheme: plan.scheme },
    data: trialData(task),
    device,
    options,
    files: { load: loadTrial, save: saveTrial },
  });
  return judge({ task, plan, variants, options, said, command: command(plan), started, workers, outcomes });
}

interface Finished {
  readonly task: Task;
  readonly plan: PilotPlan;
  readonly variants: Variants;
  readonly options: TaskPilotOptions;
  readonly said: Pick<OpenTaskOptions, 'label' | 'group' | 'time'>;
  readonly command: string;
  readonly started: Date;
  readonly workers: number;
  readonly outcomes: ReadonlyMap<string, TrialOutcome>;
}

/** From finished trials to the result, and all files of it. */
async function judge(finished: Finished): Promise<Classification> {
  const { task, plan, variants, options, said, command, started, workers, outcomes } = finished;
  const { out } = options;
  const { choices } = plan;
  const classes = task.classes;
  const arms = armOutcomes(task, plan, ({ id }) => {
    const outcome = outcomes.get(id);
    if (!outcome) throw new RangeError(`pilot: trial ${id} is missing`);
    return outcome;
  });
  const items = evaluatedItems(task, plan);
  const compared = {
    arms: arms.map((outcome) => ({
      method: outcome.arm.spec.name,
      role: outcome.arm.role,
      simplicity: outcome.arm.simplicity,
      predictions: predictionsOf(outcome, items, plan, classes.length),
    })),
    classes,
    trained: plan.trained,
    criteria: choices.criteria,
    guards: choices.guards,
  };
  const { comparisons, verdict } = compare(compared);
  const wanted = [verdict.baseline, verdict.candidate, verdict.simpler];
  const models = saveModels(
    task,
    plan,
    plan.arms.filter(({ spec }) => (options.models ?? true) && wanted.includes(spec.name)),
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
    comparisons: [...comparisons, ...ablationComparisons(variants.ablation, compared, comparisons)],
    audit: [...task.audit, ...missingClasses(task, plan.folds)],
    columns: [...task.columns],
    design: {
      hash: plan.hash,
      command,
      label: [...(said.label ?? [])],
      group: said.group ?? null,
      time: said.time ?? null,
      scheme: plan.scheme,
      folds: plan.scheme === 'given' ? 1 : choices.folds,
      repeats: choices.repeats,
      steps: plan.steps,
      batch: plan.trials[0].settings.plan.batch,
      seed: choices.seed,
      criteria: [...choices.criteria],
      guards: [...choices.guards],
      statement: `For new ${task.groups ? 'groups' : 'items'} and new seeds, with ${plan.scheme === 'given' ? 'this training set' : 'training sets like this one'}.`,
      unit: task.groups ? 'group' : 'item',
      settings: settingsOf(task, plan),
      ...variants,
    },
    data: {
      file: task.source.file,
      rows: task.source.rows,
      labelled: task.counts.reduce((a, b) => a + b, 0),
      digest: task.source.digest,
      inputs: inputsOf(task),
      classes: classCounts(task),
      ...factsOf(task),
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

/** What every arm shares. */
function settingsOf({ items }: Task, { trials }: PilotPlan): Record<string, unknown> {
  const { encoder, augment } = trials[0].settings.plan;
  const features = items.kind === 'series' ? { ...items.features } : {};
  return { encoder, ...(augment && { augment }), ...features };
}

function inputsOf({ items }: Task): number {
  if (items.kind === 'table') return items.inputs.length;
  return items.kind === 'series' ? items.windows.set.channels.length : items.pictures.shape[0];
}

/** What is told of time series and of pictures alone. */
function factsOf({ items }: Task): Pick<Classification['data'], 'series' | 'pictures'> {
  if (items.kind === 'series') return { series: seriesFacts(items.windows) };
  if (items.kind === 'table') return {};
  const [channels, height, width] = items.pictures.shape;
  return { pictures: { channels, height, width } };
}

/** The choices with their defaults. @throws InputError when a number is out of range */
function completeChoices(options: TaskPilotOptions): Omit<PilotChoices, 'device'> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all = { ...defaultChoices, ...given } as PilotChoices;
  const { baseline, candidate, references, criteria, guards, folds, repeats, steps, seed } = all;
  const { batch, encoder, augment, augmentExcept } = all;
  checkWhole('folds', folds, 2, 100);
  checkWhole('repeats', repeats, 1, 1000);
  checkWhole('seed', seed, 0, 2 ** 31 - 1);
  if (steps !== undefined) checkWhole('steps', steps, 1, 1_000_000);
  if (batch !== undefined) checkWhole('batch', batch, 2, 100_000);
  if (options.workers !== undefined) checkWhole('workers', options.workers, 1, 256);
  checkRules(criteria, guards);
  if (augmentExcept && augment === undefined)
    throw new InputError('--augment-except: says whom --augment leaves alone; name what to change with --augment');
  const training = { steps, batch, encoder, augment, augmentExcept };
  return { baseline, candidate, references, criteria, guards, folds, repeats, seed, ...training };
}

/** The references as they were named; with variants of a method none are the usual. */
function referencesOf({ ablate, sweep, references }: TaskPilotOptions, choices: PilotChoices): string | undefined {
  const usual = defaultChoices.references.join();
  if (ablate !== undefined || sweep?.length) return references?.join() || undefined;
  return choices.references.join() === usual ? undefined : choices.references.join() || 'none';
}

/** The command that repeats this pilot: what was chosen, without where it was written. */
function commandOf(options: PilotOptions, { choices }: PilotPlan): string {
  const d = defaultChoices;
  const list = (values: readonly string[]) => values.join(',');
  const flags: [string, string | undefined][] = [
    ...dataFlags(options),
    ['--baseline', choices.baseline === d.baseline ? undefined : choices.baseline],
    ['--candidate', choices.candidate === d.candidate ? undefined : choices.candidate],
    ['--references', referencesOf(options, choices)],
    ['--ablate', options.ablate],
    ...(options.sweep ?? []).map((text): [string, string] => ['--sweep', text]),
    ['--criterion', list(choices.criteria.map((c) => c.metric))],
    ['--margin', String(choices.criteria[0].margin)],
    ['--guard', list(choices.guards.map((g) => `${g.metric}=${g.tolerance}`)) || 'none'],
    ['--folds', String(choices.folds)],
    ['--repeats', String(choices.repeats)],
    ['--steps', choices.steps === undefined ? undefined : String(choices.steps)],
    ['--batch', choices.batch === undefined ? undefined : String(choices.batch)],
    ['--encoder', choices.encoder],
    ['--augment', choices.augment],
    ['--augment-except', choices.augmentExcept && list(choices.augmentExcept)],
    ['--seed', String(choices.seed)],
    ['--device', choices.device === d.device ? undefined : choices.device],
  ];
  const switches = switchesOf(options);
  return commandLine('pilot', [...options.files, ...switches], flags);
}

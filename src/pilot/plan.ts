import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { InputError } from '../array/errors.ts';
import type { Fold, Task } from '../data/dataset.ts';
import { parseAugmentation } from '../data/items/augment-text.ts';
import { fitItems } from '../data/items/fit.ts';
import { makeFolds, type Scheme } from '../data/splits.ts';
import type { TrialSettings } from '../evaluate/trial.ts';
import { type ItemKind, type MethodSpec, methods, parseMethod, suited } from '../methods/index.ts';
import { parseMetric } from '../metrics/index.ts';
import { type EncoderSpec, encoderOf, parseEncoder } from '../nn/encoders/index.ts';
import { type DeviceName, defaultDevice } from '../runtime/devices.ts';
import { runtimeVersion } from '../runtime/session.ts';
import { trainingDefaults } from '../train/plan.ts';
import { comparable } from './compare.ts';
import { meanFoldCounts } from './estimates.ts';
import { groupOf } from './groups.ts';
import type { PlannedTrial } from './local.ts';

/** What the user decides; everything else follows from it and the data. */
export interface PilotChoices {
  readonly baseline: string;
  readonly candidate: string;
  readonly references: readonly string[];
  readonly criteria: readonly { metric: string; margin: number }[];
  readonly guards: readonly { metric: string; tolerance: number }[];
  readonly folds: number;
  readonly repeats: number;
  /** Steps of every training; undefined: 16 passes over an average training part, 800 to 5,000. */
  readonly steps?: number;
  /** Items a step; undefined: 128. */
  readonly batch?: number;
  /** `resnet-cifar:blocks=1`; undefined: what suits the items. */
  readonly encoder?: string;
  /** Random changes to the training batches of all arms: `shift=4,flip=0.5`; undefined: none. */
  readonly augment?: string;
  /** Classes whose items are not changed. */
  readonly augmentExcept?: readonly string[];
  readonly seed: number;
  /** Where the trainings are computed. */
  readonly device: DeviceName;
}

/** A method with its part in the comparison. */
export interface ArmPlan {
  readonly spec: MethodSpec;
  readonly role: 'baseline' | 'candidate' | 'reference';
  /** Place in the declared order of simplicity, 0 the simplest. */
  readonly simplicity: number;
}

export type TrialPlan = PlannedTrial<TrialSettings>;

export interface PilotPlan {
  readonly choices: PilotChoices;
  readonly arms: readonly ArmPlan[];
  readonly scheme: Scheme;
  readonly folds: readonly Fold[];
  /** Training items of each class, mean over folds. */
  readonly trained: readonly number[];
  readonly steps: number;
  readonly trials: readonly TrialPlan[];
  /** Hash of everything that determines the numbers. */
  readonly hash: string;
  /** What the hash was taken of. */
  readonly design: Readonly<Record<string, unknown>>;
}

/** What a careful team would try first, beside A and B: every method but AllNC (those that are A or B count once). */
export const defaultReferences: readonly string[] = methods
  .filter(({ name, extra }) => !extra && name !== 'allnc')
  .map(({ name }) => name);

export const defaultChoices: PilotChoices = {
  baseline: 'cross-entropy',
  candidate: 'allnc',
  references: defaultReferences,
  criteria: [{ metric: 'macro-recall', margin: 0.01 }],
  guards: [{ metric: 'accuracy', tolerance: 0.02 }],
  folds: 5,
  repeats: 6,
  seed: 0,
  device: defaultDevice,
};

/**
 * Fixes the whole pilot before anything is trained.
 * @throws InputError when a method, metric or number is not usable
 */
export function planPilot(task: Task, choices: PilotChoices): PilotPlan {
  const arms = planArms(choices, task.items.kind);
  const { scheme, folds } = makeFolds(task, {
    folds: choices.folds,
    repeats: choices.repeats,
    seed: choices.seed,
    validation: 0.2,
  });
  const trained = meanFoldCounts(folds, task.labels, task.classes.length);
  for (const { metric } of [...choices.criteria, ...choices.guards]) checkMetric(metric, task.classes, trained);
  const rows = folds.reduce((sum, f) => sum + f.train.length, 0) / folds.length;
  const batch = choices.batch ?? trainingDefaults.batch;
  const steps = choices.steps ?? Math.min(5000, Math.max(800, Math.round((16 * rows) / batch)));
  const encoder = encoderFor(task, choices.encoder);
  const augment =
    choices.augment === undefined ? undefined : parseAugmentation(choices.augment, task, choices.augmentExcept ?? []);
  const shared = { ...trainingDefaults, encoder, batch, steps, ...(augment ? { augment } : {}) };
  const common = {
    data: task.source.digest,
    contents: contentsOf(task),
    classes: task.classes,
    columns: task.columns.map(({ name, role, kind }) => [name, role, kind]),
    scheme,
    folds: scheme === 'given' ? 1 : choices.folds,
    repeats: choices.repeats,
    validation: 0.2,
    seed: choices.seed,
    training: { ...shared, stopOn: stopMetric(choices) },
    software: { evenhand: packageVersion(), onnxruntime: runtimeVersion },
    // Numbers of another device differ in their last bits: its trials are others.
    ...(choices.device === defaultDevice ? {} : { device: choices.device }),
  };
  const design = {
    ...common,
    arms: arms.map(({ spec, role }) => ({ role, method: spec.name, settings: spec.settings })),
    criteria: choices.criteria,
    guards: choices.guards,
  };
  const trainings = new Map(arms.map(({ spec }) => [spec.training, spec]));
  // A trial is the same whatever the number of repeats.
  const { repeats: _, ...trial } = common;
  const trials = folds.flatMap((fold) =>
    [...trainings].map(([training, spec]) => ({
      id: digest({ ...trial, training: [common.training, training], repeat: fold.repeat, fold: fold.fold }),
      training,
      fold,
      settings: { plan: { spec, ...shared }, seed: choices.seed, stopOn: stopMetric(choices) },
    })),
  );
  return { choices, arms, scheme, folds, trained, steps, trials, design, hash: digest(design) };
}

/** Of the labels and items themselves: what columns named, windows, sizes and thinning made of the files. */
function contentsOf({ items, labels, groups, splits }: Task): string {
  const hash = createHash('sha256').update(labels);
  if (groups) hash.update(groups);
  if (splits) hash.update(splits.join());
  if (items.kind === 'pictures') hash.update(items.pictures.shape.join()).update(items.pictures.pixels);
  if (items.kind === 'series') {
    const { set, length, recording, start } = items.windows;
    hash.update(JSON.stringify([items.features, length]));
    for (const values of [recording, start, ...set.recordings.map(({ channels }) => channels)]) hash.update(values);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The encoder that was named, or the one that suits the items. @throws InputError when it does not take such items */
function encoderFor({ items, labels }: Task, named: string | undefined): EncoderSpec {
  if (items.kind === 'table') return named === undefined ? trainingDefaults.encoder : parseEncoder(named);
  // Fitted on one item: its shape is that of all, and what does not fit is told now.
  const { shape } = fitItems(items, Int32Array.of(labels.findIndex((label) => label >= 0)));
  const spec = named === undefined ? (SUITING[shape.length] ?? trainingDefaults.encoder) : parseEncoder(named);
  const { embedding } = encoderOf(spec, shape);
  if (embedding.length > 1)
    throw new InputError(
      `--encoder ${spec.kind}: gives every point in time an embedding of its own; a class for the whole item needs another, as resnet-1d or inception-time`,
    );
  return spec;
}

/** Encoders by the rank of an item: the nets of methods.md's table. */
const SUITING: Readonly<Record<number, EncoderSpec>> = { 2: { kind: 'resnet-1d' }, 3: { kind: 'cnn-2d' } };

/** Early stopping looks at the first criterion where that needs answers alone, else at macro recall. */
function stopMetric({ criteria: [first] }: PilotChoices): string {
  return /^recall[[-]|^average-precision$/.test(first.metric) ? 'macro-recall' : first.metric;
}

/** The arms in the order of the result, each in the form that suits the items. @throws InputError for an unknown method, setting or a comparison with itself */
export function planArms(choices: ArmChoices, kind: ItemKind = 'table'): ArmPlan[] {
  return armsOf(choices, (text) => parseMethod(suited(text, kind)), methods);
}

interface ArmChoices {
  readonly baseline: string;
  readonly candidate: string;
  readonly references: readonly string[];
}

/**
 * Baseline, candidate and references, each once, with their place in the declared order of simplicity.
 * @throws InputError for what `parse` refuses or a comparison of a method with itself
 */
export function armsOf<M, S extends { readonly name: string; readonly method: M }>(
  { baseline, candidate, references }: ArmChoices,
  parse: (text: string) => S,
  order: readonly M[],
): { spec: S; role: ArmPlan['role']; simplicity: number }[] {
  const arms: { spec: S; role: ArmPlan['role']; simplicity: number }[] = [];
  const put = (text: string, role: ArmPlan['role']) => {
    const spec = parse(text);
    if (arms.some((arm) => arm.spec.name === spec.name)) {
      if (role === 'candidate')
        throw new InputError(`--candidate: "${spec.name}" is the baseline too; a pilot compares two methods`);
      return;
    }
    arms.push({ spec, role, simplicity: order.indexOf(spec.method) });
  };
  put(baseline, 'baseline');
  put(candidate, 'candidate');
  for (const name of references) put(name, 'reference');
  return arms;
}

/** @throws InputError for a metric that cannot decide, or is of a group that has no class */
function checkMetric(name: string, classes: readonly string[], trained: readonly number[]): void {
  parseMetric(name, classes, trained);
  if (!comparable.includes(name) && !name.startsWith('recall['))
    throw new InputError(
      `metric "${name}" cannot decide a pilot yet: its difference has no interval; ` +
        `use ${comparable.join(', ')} or recall[CLASS]`,
    );
  const group = groupOf(name, trained);
  if (group?.classes.length === 0) throw new InputError(`metric "${name}": there is ${group.none}; name another`);
}

/** First 16 hex digits of the SHA-256 of the value as JSON. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** Version in package.json, which lies two folders up both in a checkout and when installed. */
export function packageVersion(): string {
  return (createRequire(import.meta.url)('../../package.json') as { version: string }).version;
}

/** Hash of the design that lies in a folder; undefined where there is none. */
export function designHashIn(folder: string): string | undefined {
  const path = `${folder}/design.json`;
  if (!existsSync(path)) return undefined;
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { hash?: string }).hash;
  } catch {
    return undefined;
  }
}

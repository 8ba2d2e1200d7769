import { join } from 'node:path';
import { InputError } from '../../array/errors.ts';
import { joined, treatmentOf } from '../../data/items/series-task.ts';
import {
  type FeatureOptions,
  makeWindows,
  openSeries,
  type SeriesOptions,
  type WindowOptions,
  type WindowSet,
} from '../../data/series/index.ts';
import { runtimeVersion } from '../../runtime/session.ts';
import { writeAtomic } from '../files.ts';
import { dataFlags, switchesOf } from '../flags.ts';
import { packageVersion } from '../plan.ts';
import { type Representation, representation } from '../result.ts';
import { checkRules, checkWhole, chooseDevice, claimFolder, commandLine, type RunOptions, runTrials } from '../run.ts';
import { seriesFacts } from '../series-facts.ts';
import { describeRepresentation } from './arms.ts';
import { alarmFindings } from './audit.ts';
import { compareRepresentations } from './compare.ts';
import { saveEncoders } from './final.ts';
import { isClustering, isRepresentationMetric, isUse } from './metrics.ts';
import { gather, type RepresentationArmOutcome } from './outcomes.ts';
import {
  planRepresentation,
  planRepresentationArms,
  type RepresentationChoices,
  type RepresentationPilotPlan,
  representationChoices,
} from './plan.ts';
import { writeProbeAnswers } from './predictions.ts';
import { loadRepresentation, saveRepresentation } from './trial-file.ts';

export interface RepresentationPilotOptions
  extends Partial<Omit<RepresentationChoices, 'device' | 'features'>>,
    SeriesOptions,
    WindowOptions,
    FeatureOptions,
    RunOptions {
  readonly files: readonly string[];
}

/** Windows of fewer steps have no spectrum worth the name. */
const SPECTRUM = 16;

/**
 * The pilot for representations of time series: encoder A against encoder B, learnt without labels from the user's own
 * recordings, judged by the clusters of held-out recordings and by what probes can tell from them.
 *
 * Writes into `out` what `pilot` writes. Without labels use can't be measured, and the verdict says so.
 *
 * @throws InputError for wrong use or wrong data, before any training
 */
export async function pilotRepresentation(options: RepresentationPilotOptions): Promise<Representation> {
  const started = new Date();
  const { windows, choices } = await openWindows(options);
  const plan = planRepresentation(windows, choices);
  claimFolder(options, plan);
  options.onEvent?.({ kind: 'windows', windows, findings: plan.findings });
  const { repeats, folds, device } = choices;
  const { outcomes, workers } = await runTrials({
    job: 'represent',
    plan,
    inWords: { methods: plan.arms.length, repeats, folds, scheme: 'grouped' },
    data: plan.data,
    device,
    options,
    files: { load: loadRepresentation, save: saveRepresentation },
  });
  const arms = gather(plan, ({ id }) => {
    const outcome = outcomes.get(id);
    if (!outcome) throw new RangeError(`pilot: trial ${id} is missing`);
    return outcome;
  });
  return judge({ plan, arms, options, started, workers });
}

/** Checks the options, reads the files and cuts them into windows. @throws InputError */
export async function openWindows(
  options: RepresentationPilotOptions,
): Promise<{ windows: WindowSet; choices: RepresentationChoices }> {
  const chosen = completeChoices(options);
  planRepresentationArms(chosen);
  const device = await chooseDevice(options);
  const windows = makeWindows(await openSeries(options.files, options), options);
  const features: FeatureOptions = {
    features: options.features ?? (windows.length >= SPECTRUM ? 'stft' : 'raw'),
    scaling: options.scaling ?? 'global',
    ...(options.frame === undefined ? {} : { frame: options.frame }),
    ...(options.frameHop === undefined ? {} : { frameHop: options.frameHop }),
  };
  return { windows, choices: { ...chosen, features, device } };
}

interface Finished {
  readonly plan: RepresentationPilotPlan;
  readonly arms: readonly RepresentationArmOutcome[];
  readonly options: RepresentationPilotOptions;
  readonly started: Date;
  readonly workers: number;
}

/** From finished trials to the result, and all files of it. */
async function judge({ plan, arms, options, started, workers }: Finished): Promise<Representation> {
  const { out } = options;
  const { choices, data } = plan;
  const { windows } = data;
  const { set } = windows;
  const { comparisons, verdict } = compareRepresentations({
    arms,
    classes: set.classes,
    criteria: choices.criteria,
    guards: choices.guards,
    folds: choices.folds,
    repeats: choices.repeats,
    groups: windows.groupNames.length,
  });
  const executor = { folder: out, workers, device: choices.device, signal: options.signal };
  const encoders = saveEncoders(plan, [verdict.baseline, verdict.candidate], executor);
  // Those train on other threads meanwhile. A failure is met below, where all is awaited.
  encoders.catch(() => {});
  await writeProbeAnswers(join(out, 'predictions.parquet'), arms, windows);
  const [baseline] = arms;
  const described = arms.map((arm) => describeRepresentation(arm, baseline, plan));
  const costs = await encoders;
  const { spec: _, ...shared } = plan.shared;
  const found = representation.parse({
    schema: 'evenhand.result/1',
    task: 'represent',
    verdict,
    arms: described.map((arm) => ({ ...arm, cost: { ...arm.cost, ...costs.get(arm.method) } })),
    comparisons,
    plane: planeOf(choices),
    audit: [...plan.findings, ...alarmFindings(arms, baseline)],
    columns: set.channels.map((name) => ({
      name,
      kind: 'number' as const,
      role: 'input' as const,
      treatment: treatmentOf(data.features),
      missing: 0,
    })),
    design: {
      hash: plan.hash,
      command: commandOf(options, plan),
      label: options.label === undefined ? [] : [options.label],
      group: options.group ?? null,
      time: options.time ?? null,
      scheme: 'grouped',
      folds: choices.folds,
      repeats: choices.repeats,
      steps: plan.steps,
      batch: shared.sequences * shared.sequenceSteps,
      seed: choices.seed,
      criteria: [...choices.criteria],
      guards: [...choices.guards],
      statement: 'For new groups and new seeds, with training sets like this one.',
      unit: 'group',
      settings: { ...data.features, clusters: data.clusters, ...shared },
    },
    data: {
      ...joined(set.files),
      rows: windows.rows,
      labelled: windows.labels.reduce((n, label) => n + (label >= 0 ? 1 : 0), 0),
      inputs: set.channels.length,
      classes: set.classes.map((name, c) => ({ name, count: windows.counts[c] })),
      series: seriesFacts(windows),
    },
    software: {
      evenhand: packageVersion(),
      onnxruntime: runtimeVersion,
      node: process.version,
      device: choices.device,
    },
    times: { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000, workers },
  } satisfies Representation);
  writeAtomic(join(out, 'result.json'), `${JSON.stringify(found, null, 2)}\n`);
  return found;
}

/** Clustering across and use up: the first criterion of each kind that is a number a trial (recall of a class is none). */
function planeOf({ criteria }: RepresentationChoices): Representation['plane'] {
  const across = criteria.find(({ metric }) => isClustering(metric))?.metric ?? 'silhouette';
  const up = criteria.find(({ metric }) => isUse(metric) && isRepresentationMetric(metric))?.metric ?? 'probe-macro-f1';
  return { across, up };
}

/** The choices with their defaults. @throws InputError when a number is out of range */
function completeChoices(options: RepresentationPilotOptions): Omit<RepresentationChoices, 'device' | 'features'> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all = { ...representationChoices, ...given } as RepresentationChoices;
  const { baseline, candidate, references, criteria, guards, folds, repeats, steps, seed } = all;
  const { encoder, sequence, batch, clusters } = all;
  checkWhole('folds', folds, 2, 100);
  checkWhole('repeats', repeats, 1, 1000);
  checkWhole('seed', seed, 0, 2 ** 31 - 1);
  checkWhole('steps', steps, 1, 1_000_000);
  if (options.workers !== undefined) checkWhole('workers', options.workers, 1, 256);
  if (sequence !== undefined) checkWhole('sequence', sequence, 3, 10_000);
  if (batch !== undefined) checkWhole('batch', batch, 1, 10_000);
  if (clusters !== undefined) checkWhole('clusters', clusters, 2, 1000);
  if (options.blocks !== undefined) checkWhole('blocks', options.blocks, 2, 10_000);
  // Not all of its metrics are shares.
  checkRules(criteria, guards, Number.POSITIVE_INFINITY);
  checkBothKinds(criteria.map(({ metric }) => metric));
  const sizes = { encoder, sequence, batch, clusters };
  return { baseline, candidate, references, criteria, guards, folds, repeats, steps, seed, ...sizes };
}

/** @throws InputError unless clusters and use both decide; a name that there is not is told later, with the classes */
function checkBothKinds(metrics: readonly string[]): void {
  if (!metrics.every((name) => isUse(name) || isRepresentationMetric(name))) return;
  if (metrics.some(isClustering) && metrics.some(isUse)) return;
  throw new InputError(
    `--criterion ${metrics.join(',')}: a representation is judged by its clusters and by its use; name one of each, as in probe-macro-f1,silhouette`,
  );
}

/** The command that repeats this pilot. */
function commandOf(options: RepresentationPilotOptions, { choices }: RepresentationPilotPlan): string {
  const d = representationChoices;
  const list = (values: readonly string[]) => values.join(',');
  return representationCommand('pilot', options, choices, [
    ['--candidate', choices.candidate === d.candidate ? undefined : choices.candidate],
    ['--references', list(choices.references) === list(d.references) ? undefined : list(choices.references) || 'none'],
    ['--guard', list(choices.guards.map((g) => `${g.metric}=${g.tolerance}`)) || undefined],
  ]);
}

/** A command on time series as it is typed. */
export function representationCommand(
  command: 'pilot' | 'sweep',
  options: RepresentationPilotOptions,
  choices: RepresentationChoices,
  more: readonly (readonly [flag: string, value: string | undefined])[],
): string {
  const d = representationChoices;
  const list = (values: readonly string[]) => values.join(',');
  const text = (value: string | number | undefined) => (value === undefined ? undefined : String(value));
  const data = { ...options, label: options.label === undefined ? undefined : [options.label] };
  const words = [...options.files, '--task', 'represent', ...switchesOf(data)];
  return commandLine(command, words, [
    ...dataFlags(data),
    ['--encoder', choices.encoder],
    ['--sequence', text(choices.sequence)],
    ['--batch', text(choices.batch)],
    ['--clusters', text(choices.clusters)],
    ['--baseline', choices.baseline === d.baseline ? undefined : choices.baseline],
    ...more,
    ['--criterion', list(choices.criteria.map((c) => `${c.metric}=${c.margin}`))],
    ['--folds', String(choices.folds)],
    ['--repeats', String(choices.repeats)],
    ['--steps', choices.steps === d.steps ? undefined : String(choices.steps)],
    ['--seed', String(choices.seed)],
    ['--device', choices.device === d.device ? undefined : choices.device],
  ]);
}

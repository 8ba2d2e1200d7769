import { createHash } from 'node:crypto';
import { InputError } from '../../array/errors.ts';
import type { Finding, Fold } from '../../data/dataset.ts';
import { type FeatureOptions, fitSeries, seriesFolds, type WindowSet } from '../../data/series/index.ts';
import type { RepresentationData } from '../../evaluate/represent/parts.ts';
import type { RepresentationSettings } from '../../evaluate/represent/trial.ts';
import { parseRepresentation, type RepresentationSpec, representationMethods } from '../../methods/represent/index.ts';
import { parseEncoder } from '../../nn/encoders/index.ts';
import { type DeviceName, defaultDevice } from '../../runtime/devices.ts';
import { runtimeVersion } from '../../runtime/session.ts';
import { sequenceEncoder } from '../../train/represent/encoder.ts';
import { representationDefaults } from '../../train/represent/plan.ts';
import type { PlannedTrial } from '../local.ts';
import { armsOf, digest, packageVersion } from '../plan.ts';
import type { Planned } from '../run.ts';
import { checkComparable } from './metrics.ts';

/** What the user decides; everything else follows from it and the data. */
export interface RepresentationChoices {
  readonly baseline: string;
  readonly candidate: string;
  readonly references: readonly string[];
  readonly criteria: readonly { metric: string; margin: number }[];
  readonly guards: readonly { metric: string; tolerance: number }[];
  readonly folds: number;
  readonly repeats: number;
  readonly steps: number;
  readonly seed: number;
  readonly device: DeviceName;
  /** `context`, `dilated:depth=4:width=32`; not given: what suits the windows. */
  readonly encoder?: string;
  readonly features: FeatureOptions;
  /** Consecutive windows of a training sequence; not given: 60, or fewer where recordings are short. */
  readonly sequence?: number;
  /** Sequences a step; not given: so many that a step has about 480 windows. */
  readonly batch?: number;
  /** K of k-means; not given: the number of classes, 8 without labels. */
  readonly clusters?: number;
}

export interface RepresentationArmPlan {
  readonly spec: RepresentationSpec;
  readonly role: 'baseline' | 'candidate' | 'reference';
  readonly simplicity: number;
}

export interface RepresentationPilotPlan extends Planned<RepresentationSettings> {
  readonly choices: RepresentationChoices;
  readonly arms: readonly RepresentationArmPlan[];
  readonly folds: readonly Fold[];
  readonly data: RepresentationData;
  /** What all arms share. */
  readonly shared: RepresentationSettings['plan'];
  readonly findings: readonly Finding[];
}

/** Controls, the other usual temperature of the baseline, a margin that does not adapt, and the bound. */
export const representationReferences: readonly string[] = [
  'raw',
  'untrained',
  'minirocket',
  'info-nce:temperature=0.1',
  'fixed-margin',
  'supervised',
];

export const representationChoices: Omit<RepresentationChoices, 'features'> = {
  baseline: 'info-nce',
  candidate: 'emargin',
  references: representationReferences,
  criteria: [
    { metric: 'probe-macro-f1', margin: 0.01 },
    { metric: 'silhouette', margin: 0.02 },
  ],
  guards: [],
  folds: 3,
  repeats: 6,
  steps: representationDefaults.steps,
  seed: 0,
  device: defaultDevice,
};

/** Windows of a step, where nothing else is said. */
const WINDOWS = representationDefaults.sequences * representationDefaults.sequenceSteps;
/** Clusters where there are no classes to go by. */
const CLUSTERS = 8;

/**
 * Fixes the whole pilot before anything is trained.
 * @throws InputError when a method, metric, encoder or number is not usable
 */
export function planRepresentation(windows: WindowSet, choices: RepresentationChoices): RepresentationPilotPlan {
  const arms = planRepresentationArms(choices);
  const { classes } = windows.set;
  for (const { metric } of [...choices.criteria, ...choices.guards]) checkComparable(metric, classes);
  const { seed, repeats } = choices;
  const { folds, findings } = seriesFolds(windows, { folds: choices.folds, repeats, seed, validation: 0.2 });
  const { shared, found } = sharedSettings(windows, folds, choices);
  const known = windows.counts.filter((n) => n > 0).length;
  const clusters = choices.clusters ?? (known > 1 ? known : CLUSTERS);
  const data = { windows, features: choices.features, clusters };
  const { spec: _, ...settings } = shared;
  const common = {
    task: 'represent',
    data: windows.set.files.map(({ digest: own }) => own),
    windows: [windows.rows, windows.length, windows.hop, windows.counts, windows.set.channels],
    contents: contentsOf(windows),
    groups: windows.groupNames,
    classes,
    features: choices.features,
    clusters,
    folds: choices.folds,
    repeats,
    validation: 0.2,
    seed,
    training: settings,
    software: { evenhand: packageVersion(), onnxruntime: runtimeVersion },
    ...(choices.device === defaultDevice ? {} : { device: choices.device }),
  };
  const design = {
    ...common,
    arms: arms.map(({ spec, role }) => ({ role, method: spec.name, settings: spec.settings })),
    criteria: choices.criteria,
    guards: choices.guards,
  };
  const trials = folds.flatMap((fold) =>
    arms.map(({ spec }): PlannedTrial<RepresentationSettings> => {
      const timeline = fold.repeat === 0 && fold.fold === 0;
      return {
        id: digest({ ...common, method: spec.name, repeat: fold.repeat, fold: fold.fold }),
        training: spec.name,
        fold,
        settings: { plan: { ...shared, spec }, seed, timeline },
      };
    }),
  );
  return {
    choices,
    arms,
    folds,
    data,
    shared,
    trials,
    steps: shared.steps,
    design,
    hash: digest(design),
    findings: [...windows.set.findings, ...windows.findings, ...findings, ...found, ...noClusters(choices, known)],
  };
}

/** Of the values and labels themselves: what the columns named, gaps and resampling made of the files. */
function contentsOf({ set, labels, recording, start }: WindowSet): string {
  const hash = createHash('sha256');
  for (const values of [labels, recording, start, ...set.recordings.map(({ channels }) => channels)])
    hash.update(values);
  return hash.digest('hex').slice(0, 16);
}

function noClusters({ clusters }: RepresentationChoices, known: number): Finding[] {
  if (clusters !== undefined || known > 1) return [];
  const detail = `there are no classes to go by: ${CLUSTERS} clusters are looked for`;
  return [{ kind: 'clusters', severity: 'info', detail, override: '--clusters K' }];
}

/** Encoder, sequences and training, the same for all arms. */
function sharedSettings(windows: WindowSet, folds: readonly Fold[], choices: RepresentationChoices) {
  // Fitted on one recording: its shape is that of all, and what does not fit is told now.
  const { shape } = fitSeries(windows, Int32Array.of(0), choices.features);
  const encoder = parseEncoder(choices.encoder ?? (shape.length === 1 ? 'pointwise' : 'inception-time'));
  const { steps: sequenceSteps, found } = sequenceLength(windows, folds, choices.sequence);
  const sequences = choices.batch ?? Math.max(2, Math.round(WINDOWS / sequenceSteps));
  const spec = parseRepresentation(choices.baseline);
  const shared: RepresentationSettings['plan'] = {
    ...representationDefaults,
    spec,
    encoder,
    sequences,
    sequenceSteps,
    steps: choices.steps,
  };
  sequenceEncoder({ spec, shape, encoder }, sequenceSteps);
  return { shared, found };
}

/** Sixty windows, or as many as half of the windows have around them and every training side has somewhere in a row. */
function sequenceLength(
  windows: WindowSet,
  folds: readonly Fold[],
  wanted: number | undefined,
): { steps: number; found: Finding[] } {
  const counts = new Int32Array(windows.set.recordings.length);
  for (const r of windows.recording) counts[r]++;
  const longest = folds
    .map(({ train, validation }) =>
      [...train, ...validation].reduce((n, row) => Math.max(n, counts[windows.recording[row]]), 0),
    )
    .reduce((a, b) => Math.min(a, b));
  if (wanted !== undefined) {
    if (wanted <= longest) return { steps: wanted, found: [] };
    throw new InputError(
      `--sequence ${wanted}: some training part has no recording of more than ${longest} windows; give ${longest} or fewer, or a smaller --hop`,
    );
  }
  const each = windows.recording.map((r) => counts[r]).sort();
  const half = each[each.length >> 1];
  const usual = representationDefaults.sequenceSteps;
  const steps = Math.min(usual, half, longest);
  if (steps === usual) return { steps, found: [] };
  if (steps < 3)
    throw new InputError(
      `--window: most recordings hold ${steps} ${steps === 1 ? 'window' : 'windows'}; a representation is learnt from neighbours in time and needs 3 or more: give a shorter --window or --hop`,
    );
  const why =
    half <= longest
      ? `half of the windows lie in recordings of ${half} windows or fewer`
      : `some training part has no recording of more than ${longest} windows`;
  const detail = `${why}: sequences of ${steps} instead of ${usual}`;
  return { steps, found: [{ kind: 'short-sequences', severity: 'info', detail, override: '--sequence T' }] };
}

/** The arms in the order of the result. @throws InputError for an unknown method, setting or a comparison with itself */
export function planRepresentationArms(
  choices: Pick<RepresentationChoices, 'baseline' | 'candidate' | 'references'>,
): RepresentationArmPlan[] {
  return armsOf(choices, parseRepresentation, representationMethods);
}

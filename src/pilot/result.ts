import { z } from 'zod';

/**
 * The result file, `evenhand.result/1`: what others may rely on. Checked on writing and on reading.
 * Metric names are kebab-case; values are fractions, not percent; `null` comes with a `reason`.
 * Everything that depends on the clock stands under a key named `cost` or `times`, so that two runs of one command
 * are equal byte for byte without those.
 */
const interval = z.tuple([z.number(), z.number()]);

/** One number with its 95 % interval and the number of items (or groups) behind it. */
export const estimate = z.object({
  value: z.number().nullable(),
  interval: interval.nullable(),
  /** Items (or groups, where groups are the unit) behind the number. */
  count: z.number().int().nonnegative(),
  /** Why value or interval is null, or what the interval leaves out. */
  reason: z.string().optional(),
});

export const finding = z.object({
  kind: z.string(),
  column: z.string().optional(),
  severity: z.enum(['info', 'warning', 'excluded', 'stop']),
  detail: z.string(),
  override: z.string().optional(),
});

export const columnTreatment = z.object({
  name: z.string(),
  kind: z.enum(['number', 'category', 'date']),
  role: z.enum(['input', 'label', 'group', 'time', 'ignored', 'excluded']),
  treatment: z.string(),
  missing: z.number().int().nonnegative(),
});

/** The comparison states of pilot.md: l > 0 better, u < 0 worse, inside the margin equivalent, else undecided. */
export const state = z.enum(['better', 'worse', 'equivalent', 'undecided']);

/** A paired difference `method - against` on one metric. */
export const comparison = z.object({
  method: z.string(),
  against: z.string(),
  metric: z.string(),
  /** `criterion` decides, `guard` may veto, `shown` is only reported. */
  role: z.enum(['criterion', 'guard', 'shown']),
  difference: z.number().nullable(),
  interval: interval.nullable(),
  /** Items (or groups) behind it. */
  count: z.number().int().nonnegative(),
  /** Smallest difference that matters (criterion) or tolerated loss (guard). */
  margin: z.number(),
  /** `lower`: a smaller number is better, as of Davies-Bouldin; not given: a larger one. */
  direction: z.enum(['higher', 'lower']).optional(),
  state,
  /** Guards: the whole interval lies below -margin (Holm-corrected). */
  broken: z.boolean().optional(),
  /** Standard error from which items were drawn, and from seeds and folds (formula I4). */
  samplingError: z.number().nullable(),
  seedError: z.number().nullable(),
  reason: z.string().optional(),
});

export const classResult = z.object({
  name: z.string(),
  /** Items of the class in an average training part. */
  trained: z.number(),
  /** Items of the class that were evaluated (each once a repeat). */
  evaluated: z.number().int(),
  recall: estimate,
  precision: estimate,
  f1: estimate,
  averagePrecision: estimate,
});

/** Neural collapse of one arm on one set of items: mean over trials; `null` where undefined. */
export const collapse = z.object({
  nc1Balanced: z.number().nullable(),
  nc1Pooled: z.number().nullable(),
  nc1PerClass: z.array(z.number().nullable()),
  nc2NormMeans: z.number().nullable(),
  nc2AngleMeans: z.number().nullable(),
  nc2NormClassifier: z.number().nullable(),
  nc2AngleClassifier: z.number().nullable(),
  nc3: z.number().nullable(),
  nc3PerClass: z.array(z.number().nullable()),
  nc4: z.number().nullable(),
  reason: z.string().optional(),
});

/** Smallest angle (degrees) between centred classifier vectors of the rarest third of classes, mean over trials. */
export const minorityCollapse = z.object({
  smallestAngle: z.number().nullable(),
  /** Pair of classes that has the smallest angle most often. */
  pair: z.tuple([z.string(), z.string()]).nullable(),
  /** arccos(-1/(C-1)) in degrees: the angle of the simplex. */
  idealAngle: z.number().nullable(),
  /** Smallest angle of each class to any other, in the classes' order (largest class first). */
  perClass: z.array(z.number().nullable()),
  reason: z.string().optional(),
});

/** A number over the trials: mean, least and most; null where no trial has one. */
const overTrials = z.object({
  mean: z.number().nullable(),
  least: z.number().nullable(),
  most: z.number().nullable(),
});

const perLookedClass = z.array(z.number().nullable());

/** How the net arranged one set of items at one step: as in `collapse`, of the items looked at. */
const arrangement = z.object({
  nc1Balanced: overTrials,
  nc1Pooled: z.number().nullable(),
  nc2NormMeans: z.number().nullable(),
  nc2AngleMeans: z.number().nullable(),
  nc3: z.number().nullable(),
  nc4: z.number().nullable(),
  /** Smallest angle (degrees) between the class means of the rarest third. */
  smallestAngle: overTrials,
  /** As the net answers, before any step after training. */
  macroRecall: z.number().nullable(),
  /** Of the classes looked at. `angle`: of a class's mean to the nearest other one, in degrees. References: not given. */
  perClass: z
    .object({ nc1: perLookedClass, nc3: perLookedClass, angle: perLookedClass, recall: perLookedClass })
    .optional(),
});

/** A training as it went: looked at on a sample of items at several steps, mean over trials. Nothing was chosen by it. */
export const course = z.object({
  trials: z.number().int(),
  /**
   * Classes looked at, as places in `classes`: all, or of more than 30 those at even steps from the largest to the rarest,
   * measured as if there were no others.
   */
  classes: z.array(z.number().int()),
  /** Items at a look, mean over trials: as many of each class as can be. */
  items: z.object({ train: z.number(), evaluation: z.number() }),
  /** Step after which the net in use was kept (early stopping), mean over trials. */
  keptAt: z.number(),
  looks: z.array(
    z.object({
      step: z.number().int(),
      classifier: z.object({
        nc2Norm: z.number().nullable(),
        nc2Angle: z.number().nullable(),
        /** Smallest angle (degrees) between the classifier vectors of the rarest third. */
        smallestAngle: overTrials,
        angles: perLookedClass.optional(),
      }),
      train: arrangement,
      evaluation: arrangement,
    }),
  ),
  /** Why numbers are null, or what they leave out. */
  reason: z.string().optional(),
});

const angleMatrix = z.array(z.array(z.number().nullable()));

/** Angles (degrees) between classes of the net of the first trial, each vector seen from the mean of all classes. */
export const angles = z.object({
  /** Rows and columns, as places in `classes`: chosen as in `course`. */
  classes: z.array(z.number().int()),
  train: angleMatrix,
  evaluation: angleMatrix,
  classifier: angleMatrix,
});

/** Embeddings of evaluation items of the first trial in the plane in which they vary most. */
export const featureMap = z.object({
  /** Shares of the shown items' variance along the two axes. */
  explained: z.tuple([z.number(), z.number()]),
  /** Items shown, as many of each class as can be; class and place of each. */
  items: z.number().int(),
  classes: z.array(z.number().int()),
  x: z.array(z.number()),
  y: z.array(z.number()),
  /** Class means of all evaluation items. */
  means: z.array(z.object({ class: z.number().int(), x: z.number(), y: z.number() })),
});

export const curvePoint = z.object({ gamma: z.number(), metrics: z.record(z.string(), z.number().nullable()) });

/** What all arms have, whatever the task. */
const armCore = z.object({
  method: z.string(),
  role: z.enum(['baseline', 'candidate', 'reference']),
  /** Rank in the declared order of simplicity, 0 the simplest. */
  simplicity: z.number().int(),
  metrics: z.record(z.string(), estimate),
  /** Mean over repeats: [true class][predicted class], items. Of more than 50 classes nothing: see `confusions`. */
  confusion: z.array(z.array(z.number())),
  /**
   * Of more than 50 classes: the wrong answers given most often, at most 500, the most frequent first. Classes as places
   * in `classes`; items: mean over repeats. All answers stand in the predictions beside the result.
   */
  confusions: z.array(z.object({ true: z.number().int(), predicted: z.number().int(), items: z.number() })).optional(),
  /** Hyper-parameters that determine the training. */
  settings: z.record(z.string(), z.unknown()),
  cost: z.object({
    /** Median over the trainings. */
    trainSeconds: z.number(),
    millisecondsPerStep: z.number(),
    inferenceMicroseconds: z.number().nullable(),
    modelBytes: z.number().int().nullable(),
  }),
});

/** An arm that tells classes. */
export const arm = armCore.extend({
  operatingPoint: z.object({
    /** `as-is`: gamma 0; `validation`: gamma chosen on each trial's validation rows within the guards. */
    rule: z.enum(['as-is', 'validation']),
    meanGamma: z.number(),
    /** One a trial, in the order of repeat, fold. */
    gammas: z.array(z.number()),
  }),
  classes: z.array(classResult),
  /** The same metrics at gamma 0. */
  metricsAtGammaZero: z.record(z.string(), estimate),
  /** On the evaluated items, mean over repeats. */
  curve: z.array(curvePoint),
  collapse: z.object({ train: collapse, evaluation: collapse }),
  minorityCollapse,
  /** Files of before this was looked at have none. */
  course: course.optional(),
  /** Of A and B. */
  angles: angles.optional(),
  map: featureMap.optional(),
});

/** One held-out recording along time: the signal, the label, and where the embedding moves on. */
export const timeline = z.object({
  recording: z.string(),
  /** Windows shown, and which window of the recording is the first. */
  windows: z.number().int(),
  first: z.number().int(),
  /** From one window to the next; null where a step is no time. */
  secondsPerWindow: z.number().nullable(),
  /** Class of each window, a place in `data.classes`; -1 for none. */
  labels: z.array(z.number().int()),
  /** k-means cluster of each window. */
  clusters: z.array(z.number().int()),
  /** How far the embedding moves across each boundary, over the median of the recording; one fewer than windows. */
  contrast: z.array(z.number()),
  /** Smallest and largest value within each window's hop, [channel][window]; the first channels of the recording. */
  signal: z.array(z.array(z.tuple([z.number(), z.number()]))),
});

/** One trial of a representation: a dot on the plane. */
export const dot = z.object({
  repeat: z.number().int(),
  fold: z.number().int(),
  /** The criteria, Davies-Bouldin, silhouette, kappa_time and what else the report draws; null where undefined. */
  metrics: z.record(z.string(), z.number().nullable()),
  /** "Pretty but useless" against the baseline on the same held-out recordings; null where undefined or the baseline. */
  alarm: z.boolean().nullable(),
});

/** An arm that makes embeddings, judged by their clusters and by their use (probes on frozen embeddings). */
export const representationArm = armCore.extend({
  /** By the linear probe's answers. */
  classes: z.array(classResult.omit({ averagePrecision: true })),
  /** Width of an embedding, 0 where the method does not apply. */
  width: z.number().int(),
  /** One a trial, in the order of repeat, fold. */
  trials: z.array(dot),
  /** Trials in which the alarm was raised, of those in which it could be told. */
  alarm: z.object({ raised: z.number().int(), of: z.number().int() }).nullable(),
  /** Mean over trials, while the encoder was trained: nothing where nothing is trained. */
  looks: z.array(
    z.object({
      step: z.number().int(),
      /** The largest eigenvalue's share of the variance. */
      largestShare: z.number().nullable(),
      effectiveRank: z.number().nullable(),
    }),
  ),
  /** How each trial settled the threshold (eMargin): rule and how often. */
  thresholds: z.array(z.object({ rule: z.string(), reason: z.string(), trials: z.number().int() })),
  /** Of the first trial. */
  timeline: timeline.optional(),
});

export const reason = z.object({
  /** Which rule of the verdict this is, for the report to put into words. */
  rule: z.string(),
  criterion: z.string().optional(),
  method: z.string().optional(),
  against: z.string().optional(),
  difference: z.number().nullable().optional(),
  interval: interval.nullable().optional(),
  margin: z.number().optional(),
  state: state.optional(),
});

/** What would settle an inconclusive verdict (a range: the plan is an estimate itself). */
export const next = z.object({
  /** `collect` items of a class, recordings of more groups, labels; `repeat` with new seeds. */
  action: z.enum(['collect', 'collect-groups', 'label', 'repeat', 'adopt-simpler', 'none']),
  class: z.string().optional(),
  /** How many more items of the class, groups, or repeats. */
  more: z.number().int().optional(),
  range: z.tuple([z.number().int(), z.number().int()]).optional(),
  method: z.string().optional(),
  detail: z.string(),
});

export const verdict = z.object({
  outcome: z.enum(['adopt', 'simpler-is-enough', 'equivalent', 'reject', 'inconclusive']),
  baseline: z.string(),
  candidate: z.string(),
  /** The simpler method that is enough, where the outcome says so. */
  simpler: z.string().optional(),
  reasons: z.array(reason),
  next: z.array(next),
});

/** `--ablate`: a method with and without its parts. */
export const ablation = z.object({
  /** The arm that has all parts. */
  method: z.string(),
  parts: z.array(z.string()),
  /** The parts present in each arm: none in the base, all in the method. */
  arms: z.record(z.string(), z.array(z.string())),
});

/** `--sweep`: one method at every combination of a few values of its settings. */
export const settingsSweep = z.object({
  method: z.string(),
  axes: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  /** Each combination with the arm that it is. */
  points: z.array(z.object({ settings: z.record(z.string(), z.string()), method: z.string() })),
});

const core = z.object({
  schema: z.literal('evenhand.result/1'),
  verdict,
  comparisons: z.array(comparison),
  audit: z.array(finding),
  columns: z.array(columnTreatment),
  design: z.object({
    /** Hash of everything that determines the numbers, fixed before training. */
    hash: z.string(),
    command: z.string(),
    label: z.array(z.string()),
    group: z.string().nullable(),
    time: z.string().nullable(),
    /** `given`: the data come divided into training and test; `folds` is 1. */
    scheme: z.enum(['stratified', 'grouped', 'forward-in-time', 'given']),
    folds: z.number().int(),
    repeats: z.number().int(),
    steps: z.number().int(),
    batch: z.number().int(),
    seed: z.number().int(),
    criteria: z.array(z.object({ metric: z.string(), margin: z.number() })),
    guards: z.array(z.object({ metric: z.string(), tolerance: z.number() })),
    /** What the intervals speak about. */
    statement: z.string(),
    unit: z.enum(['item', 'group']),
    /** What every arm shares, beside what stands above: encoder, features, lengths. */
    settings: z.record(z.string(), z.unknown()).optional(),
    ablation: ablation.optional(),
    sweep: settingsSweep.optional(),
  }),
  data: z.object({
    file: z.string(),
    /** Rows of a table, windows of time series, or pictures. */
    rows: z.number().int(),
    labelled: z.number().int(),
    digest: z.string(),
    inputs: z.number().int(),
    classes: z.array(
      z.object({
        name: z.string(),
        count: z.number().int(),
        /** Of these in training and in test, where the data come divided. */
        train: z.number().int().optional(),
        test: z.number().int().optional(),
      }),
    ),
    /** Time series alone. */
    series: z
      .object({
        files: z.array(z.object({ file: z.string(), digest: z.string(), rows: z.number().int() })),
        recordings: z.number().int(),
        groups: z.number().int(),
        channels: z.array(z.string()),
        /** Steps a second; null where a step is no time. */
        rate: z.number().nullable(),
        /** Steps of a window, and from one window to the next. */
        window: z.number().int(),
        hop: z.number().int(),
      })
      .optional(),
    /** Pictures alone: what all were brought to. */
    pictures: z.object({ channels: z.number().int(), height: z.number().int(), width: z.number().int() }).optional(),
  }),
  software: z.object({
    evenhand: z.string(),
    onnxruntime: z.string(),
    node: z.string(),
    /** Where the trainings were computed: cpu, webgpu, cuda; files of before this was recorded: cpu. */
    device: z.string().optional(),
  }),
  times: z.object({ started: z.string(), seconds: z.number(), workers: z.number().int() }),
});

export const classification = core.extend({ task: z.literal('classify'), arms: z.array(arm) });

export const representation = core.extend({
  task: z.literal('represent'),
  arms: z.array(representationArm),
  /** Which metrics the plane shows: clustering across, use up. */
  plane: z.object({ across: z.string(), up: z.string() }),
});

export const result = z.discriminatedUnion('task', [classification, representation]);

export type Estimate = z.infer<typeof estimate>;
export type Comparison = z.infer<typeof comparison>;
export type ClassResult = z.infer<typeof classResult>;
export type Collapse = z.infer<typeof collapse>;
export type MinorityCollapse = z.infer<typeof minorityCollapse>;
export type Course = z.infer<typeof course>;
export type Angles = z.infer<typeof angles>;
export type FeatureMap = z.infer<typeof featureMap>;
export type Arm = z.infer<typeof arm>;
export type RepresentationArm = z.infer<typeof representationArm>;
export type Timeline = z.infer<typeof timeline>;
export type Ablation = z.infer<typeof ablation>;
export type SettingsSweep = z.infer<typeof settingsSweep>;
export type Reason = z.infer<typeof reason>;
export type Next = z.infer<typeof next>;
export type Verdict = z.infer<typeof verdict>;
export type Classification = z.infer<typeof classification>;
export type Representation = z.infer<typeof representation>;
export type Result = z.infer<typeof result>;

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

export const curvePoint = z.object({ gamma: z.number(), metrics: z.record(z.string(), z.number().nullable()) });

export const arm = z.object({
  method: z.string(),
  role: z.enum(['baseline', 'candidate', 'reference']),
  /** Rank in the declared order of simplicity, 0 the simplest. */
  simplicity: z.number().int(),
  operatingPoint: z.object({
    /** `as-is`: gamma 0; `validation`: gamma chosen on each trial's validation rows within the guards. */
    rule: z.enum(['as-is', 'validation']),
    meanGamma: z.number(),
    /** One a trial, in the order of repeat, fold. */
    gammas: z.array(z.number()),
  }),
  metrics: z.record(z.string(), estimate),
  classes: z.array(classResult),
  /** Mean over repeats: [true class][predicted class], items. */
  confusion: z.array(z.array(z.number())),
  /** The same metrics at gamma 0. */
  metricsAtGammaZero: z.record(z.string(), estimate),
  /** On the evaluated items, mean over repeats. */
  curve: z.array(curvePoint),
  collapse: z.object({ train: collapse, evaluation: collapse }),
  minorityCollapse,
  /** Hyper-parameters that determine the training. */
  settings: z.record(z.string(), z.unknown()),
  cost: z.object({
    trainSeconds: z.number(),
    millisecondsPerStep: z.number(),
    inferenceMicroseconds: z.number().nullable(),
    modelBytes: z.number().int().nullable(),
  }),
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
  action: z.enum(['collect', 'repeat', 'adopt-simpler', 'none']),
  class: z.string().optional(),
  /** How many more items of the class, or repeats. */
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

export const result = z.object({
  schema: z.literal('evenhand.result/1'),
  verdict,
  arms: z.array(arm),
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
    scheme: z.enum(['stratified', 'grouped', 'forward-in-time']),
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
  }),
  data: z.object({
    file: z.string(),
    rows: z.number().int(),
    labelled: z.number().int(),
    digest: z.string(),
    inputs: z.number().int(),
    classes: z.array(z.object({ name: z.string(), count: z.number().int() })),
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

export type Estimate = z.infer<typeof estimate>;
export type Comparison = z.infer<typeof comparison>;
export type ClassResult = z.infer<typeof classResult>;
export type Collapse = z.infer<typeof collapse>;
export type MinorityCollapse = z.infer<typeof minorityCollapse>;
export type Arm = z.infer<typeof arm>;
export type Reason = z.infer<typeof reason>;
export type Next = z.infer<typeof next>;
export type Verdict = z.infer<typeof verdict>;
export type Result = z.infer<typeof result>;

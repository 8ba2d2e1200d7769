import { stream } from '../../src/array/random.ts';
import {
  type Arm,
  type Classification,
  type Comparison,
  classification,
  type Estimate,
  type Verdict,
} from '../../src/pilot/result.ts';

/** What a fixture may differ in. Numbers are made up, in the manner of a pilot on AI4I 2020. */
export interface FixtureOptions {
  readonly outcome?: Verdict['outcome'];
  /** Names of the five classes, largest first. */
  readonly classes?: readonly string[];
  readonly file?: string;
  readonly command?: string;
}

const counts = [9643, 115, 91, 78, 46, 4];
const usual = ['none', 'HDF', 'PWF', 'OSF', 'TWF', 'RNF'];
const repeats = 6;

/** Mean recall of each class, macro F1, accuracy, average precision at the operating point and at gamma 0. */
const methods = [
  {
    method: 'cross-entropy',
    role: 'baseline',
    recall: [0.996, 0.72, 0.81, 0.69, 0.021, 0],
    f1: 0.612,
    zero: 0,
    gamma: 0,
  },
  {
    method: 'allnc',
    role: 'candidate',
    recall: [0.972, 0.904, 0.936, 0.881, 0.287, 0.25],
    f1: 0.634,
    zero: 0.034,
    gamma: 0.31,
  },
  {
    method: 'logit-adjustment',
    role: 'reference',
    recall: [0.978, 0.851, 0.9, 0.844, 0.21, 0.25],
    f1: 0.618,
    zero: -0.05,
    gamma: -0.62,
  },
  {
    method: 'class-weighted',
    role: 'reference',
    recall: [0.969, 0.862, 0.905, 0.851, 0.239, 0.25],
    f1: 0.588,
    zero: 0.018,
    gamma: 0.22,
  },
  {
    method: 'oversampling',
    role: 'reference',
    recall: [0.981, 0.842, 0.893, 0.822, 0.174, 0],
    f1: 0.621,
    zero: 0.004,
    gamma: 0.05,
  },
  {
    method: 'balanced-softmax',
    role: 'reference',
    recall: [0.971, 0.887, 0.921, 0.867, 0.261, 0.25],
    f1: 0.609,
    zero: 0.031,
    gamma: 0.28,
  },
  {
    method: 'focal',
    role: 'reference',
    recall: [0.994, 0.745, 0.832, 0.703, 0.043, 0],
    f1: 0.607,
    zero: -0.02,
    gamma: -0.1,
  },
  {
    method: 'ldam-drw',
    role: 'reference',
    recall: [0.974, 0.869, 0.899, 0.858, 0.248, 0.25],
    f1: 0.593,
    zero: 0.012,
    gamma: 0.4,
  },
] as const;

/** What the candidate's recalls become where it is not to be adopted. */
const others: Partial<Record<Verdict['outcome'], readonly number[]>> = {
  equivalent: [0.996, 0.724, 0.813, 0.694, 0.022, 0],
  inconclusive: [0.991, 0.75, 0.83, 0.72, 0.062, 0],
  reject: [0.93, 0.61, 0.7, 0.55, 0, 0],
};

/** A valid result, the same for the same options; checked by the schema. */
export function fixture({
  outcome = 'adopt',
  classes = usual,
  file = 'data/ai4i2020/ai4i2020.csv',
  command,
}: FixtureOptions = {}): Classification {
  const names = counts.map((_, c) => classes[c] ?? usual[c]);
  const arms = methods.map((spec, i) =>
    armOf(spec, names, i, (spec.role === 'candidate' && others[outcome]) || spec.recall),
  );
  const comparisons = arms.slice(1).flatMap((arm) => compared(arm, arms[0], names, arm.role === 'candidate'));
  const references = arms.slice(2).map((arm) => onCriterion(arms[1], arm));
  return classification.parse({
    schema: 'evenhand.result/1',
    task: 'classify',
    verdict: verdictOf(outcome, comparisons, references),
    arms,
    comparisons: [...comparisons, ...references],
    audit: [
      {
        kind: 'multi-label',
        severity: 'info',
        detail:
          '23 rows have more than one of the label columns at 1 (PWF+OSF 11, HDF+OSF 6); the first in the order given counts',
        override: 'give the columns of --label in another order (now TWF, HDF, PWF, OSF)',
      },
      {
        kind: 'identifier',
        column: 'UDI',
        severity: 'excluded',
        detail:
          "it rises or falls with every row, a running number or a clock: it names the row and can't hold for new ones",
        override: '--keep UDI',
      },
      {
        kind: 'label-leak',
        column: 'Machine failure',
        severity: 'excluded',
        detail:
          'of the 339 rows where it is "1", 330 are of any class but "none" (3.3 % of all rows are): it nearly tells the label, so it was likely written down with it',
        override: '--keep "Machine failure"',
      },
      {
        kind: 'tiny-class',
        severity: 'warning',
        detail: `class "${names[5]}" has 4 rows: kept, but too few to measure (at least 5 are needed; collect 1 more or merge it with another class)`,
      },
      { kind: 'of-another-kind', severity: 'stop', detail: 'a sentence that has no Japanese yet' },
    ],
    columns: [
      {
        name: 'UDI',
        kind: 'number',
        role: 'excluded',
        treatment: 'left out: identifier, it names the row',
        missing: 0,
      },
      {
        name: 'Machine failure',
        kind: 'number',
        role: 'excluded',
        treatment: 'left out: label-leak, it tells the label or was written down with it',
        missing: 0,
      },
      { name: 'Type', kind: 'category', role: 'input', treatment: 'one input a level (3)', missing: 0 },
      {
        name: 'Air temperature [K]',
        kind: 'number',
        role: 'input',
        treatment: 'standardised; missing takes the median; one more input says "was missing"',
        missing: 12,
      },
      { name: 'Torque [Nm]', kind: 'number', role: 'input', treatment: 'standardised', missing: 0 },
      { name: 'TWF', kind: 'number', role: 'label', treatment: 'label: class "TWF" where it is 1', missing: 0 },
    ],
    design: {
      hash: 'sha256:5b7f0f0f6d6c0d5f6a0f7d1e9d7f8a61c1f4f2d0b9e8a7c6d5e4f3a2b1c0d9e8',
      command:
        command ??
        'evenhand pilot data/ai4i2020/ai4i2020.csv --label TWF,HDF,PWF,OSF,RNF --folds 5 --repeats 6 --seed 1',
      label: ['TWF', 'HDF', 'PWF', 'OSF', 'RNF'],
      group: null,
      time: null,
      scheme: 'stratified',
      folds: 5,
      repeats,
      steps: 1500,
      batch: 256,
      seed: 20261121,
      criteria: [{ metric: 'macro-recall', margin: 0.01 }],
      guards: [{ metric: 'accuracy', tolerance: 0.03 }],
      statement: 'For new items and new seeds, with training sets like this one.',
      unit: 'item',
    },
    data: {
      file,
      rows: 10000,
      labelled: total,
      digest: 'sha256:aa11bb22cc33',
      inputs: 6,
      classes: names.map((name, c) => ({ name, count: counts[c] })),
    },
    software: { evenhand: '0.1.0', onnxruntime: '1.30.0', node: '24.21.0' },
    times: { started: '2026-11-21T09:30:00Z', seconds: 164.2, workers: 2 },
  });
}

const total = counts.reduce((sum, count) => sum + count, 0);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const clip = (value: number) => Math.min(1, Math.max(0, value));

function estimate(value: number, width: number, count: number): Estimate {
  return { value, interval: [clip(value - width), clip(value + width)], count };
}

/** Half the width of an interval for `n` items. */
const half = (p: number, n: number) => 1.96 * Math.sqrt((p * (1 - p) + 1 / n) / (n + 3));

function armOf(spec: (typeof methods)[number], names: readonly string[], i: number, recall: readonly number[]): Arm {
  const random = stream('report-fixture', i);
  const metrics = metricsOf(recall, spec.f1, names.length);
  const { 'average-precision': _, ...zero } = metricsOf(
    recall.map((value) => clip(value + spec.zero)),
    spec.f1 - spec.zero,
    names.length,
  );
  const gammas = Array.from({ length: 5 * repeats }, () =>
    spec.gamma === 0 ? 0 : spec.gamma + 0.2 * (random.uniform() - 0.5),
  );
  const collapse = (worse: number) => ({
    nc1Balanced: 0.9 * worse * (0.8 + random.uniform()),
    nc1Pooled: 0.4 * worse * (0.8 + random.uniform()),
    nc1PerClass: names.map((_, c) => (c === 5 && worse > 1 ? null : 0.2 + 0.9 * worse * random.uniform())),
    nc2NormMeans: 0.2 + 0.4 * random.uniform(),
    nc2AngleMeans: 0.1 + 0.4 * random.uniform(),
    nc2NormClassifier: 0.2 + 0.3 * random.uniform(),
    nc2AngleClassifier: 0.1 + 0.3 * random.uniform(),
    nc3: 0.3 + 0.3 * random.uniform(),
    nc3PerClass: names.map(() => random.uniform()),
    nc4: 0.02 + 0.1 * random.uniform(),
    ...(worse > 1 ? { reason: 'in some trials: no NC1 of 1 class with 1 item' } : {}),
  });
  return {
    method: spec.method,
    role: spec.role,
    simplicity: i,
    operatingPoint: { rule: i === 0 ? 'as-is' : 'validation', meanGamma: mean(gammas), gammas },
    metrics,
    classes: names.map((name, c) => ({
      name,
      trained: counts[c] * 0.8,
      evaluated: counts[c],
      recall: estimate(recall[c], half(recall[c], counts[c]), counts[c]),
      precision:
        recall[c] === 0
          ? { value: null, interval: null, count: 0, reason: 'never predicted' }
          : estimate(recall[c] * 0.8, 0.08, counts[c]),
      f1: estimate(recall[c] * 0.9, 0.07, counts[c]),
      averagePrecision:
        counts[c] < 10
          ? { value: null, interval: null, count: counts[c], reason: 'fewer than 10 items' }
          : estimate(clip(recall[c] * 0.95), 0.06, counts[c]),
    })),
    confusion: names.map((_, c) =>
      names.map((_, to) => (to === c ? counts[c] * recall[c] : (counts[c] * (1 - recall[c])) / (names.length - 1))),
    ),
    metricsAtGammaZero: zero,
    curve: Array.from({ length: 21 }, (_, k) => {
      const gamma = -1 + k / 10;
      const away = gamma - spec.gamma;
      return {
        gamma,
        metrics: {
          'macro-recall': clip(metrics['macro-recall'].value! - 0.05 * away - 0.04 * away * away),
          'macro-f1': clip(metrics['macro-f1'].value! + 0.04 * away - 0.08 * away * away),
          accuracy: clip(metrics.accuracy.value! + 0.02 * away - 0.02 * away * away),
        },
      };
    }),
    collapse: { train: collapse(1), evaluation: collapse(1.6) },
    minorityCollapse: {
      smallestAngle: 60 + 30 * random.uniform(),
      pair: [names[4], names[5]],
      idealAngle: 101.53695903281549,
      perClass: names.map(() => 60 + 35 * random.uniform()),
    },
    ...trainingOf(names, spec.role !== 'reference', i),
    settings: {
      learningRate: 0.001,
      weightDecay: 0.0001,
      hidden: [64, 64],
      ...(spec.method === 'allnc' ? { floor: 0.5, hycon: 1, p2p: 'dual' } : {}),
    },
    cost: {
      trainSeconds: 14 + 3 * i,
      millisecondsPerStep: 0.31 + 0.04 * i,
      inferenceMicroseconds: i === 3 ? null : 4.2,
      modelBytes: i === 3 ? null : 18234,
    },
  };
}

/** The course of training of an arm; of A and B every class, the angles and the map too. The rarest class has no angle. */
function trainingOf(names: readonly string[], full: boolean, i: number): Pick<Arm, 'course' | 'angles' | 'map'> {
  const random = stream('report-fixture-course', i);
  const near = (value: number) => value * (0.8 + 0.4 * random.uniform());
  const over = (mean: number) => ({ mean, least: 0.7 * mean, most: 1.3 * mean });
  const each = (value: number) => names.map(() => near(value));
  const looks = [0, 375, 750, 1125, 1500].map((step) => {
    const part = (worse: number) => ({
      nc1Balanced: over(near(worse * (0.2 + 2 / (1 + step / 200)))),
      nc1Pooled: near(0.3),
      nc2NormMeans: near(0.3),
      nc2AngleMeans: near(0.3),
      nc3: near(0.4),
      nc4: near(0.1),
      smallestAngle: over(near(70)),
      macroRecall: clip(near(0.6)),
      ...(full ? { perClass: { nc1: each(0.5), nc3: each(0.4), angle: each(60), recall: each(0.6) } } : {}),
    });
    const none = { mean: null, least: null, most: null };
    return {
      step,
      classifier: {
        nc2Norm: near(0.2),
        nc2Angle: near(0.2),
        smallestAngle: step === 0 ? none : over(near(80)),
        ...(full ? { angles: each(80) } : {}),
      },
      train: part(1),
      evaluation: part(1.6),
    };
  });
  const classes = [...names.keys()];
  const course = {
    trials: 30,
    classes,
    items: { train: 212.5, evaluation: 164 },
    keptAt: 900 + i,
    looks,
    reason: 'in some trials: no NC1 of 1 class with 1 item',
  };
  if (!full) return { course };
  const matrix = () =>
    classes.map((a) => classes.map((b) => (a === 5 || b === 5 ? null : a === b ? 0 : 12 * (a + b) + random.uniform())));
  const shown = classes.flatMap((c) => new Array<number>(c === 5 ? 1 : 8).fill(c));
  return {
    course,
    angles: { classes, train: matrix(), evaluation: matrix(), classifier: matrix() },
    map: {
      explained: [0.41, 0.17],
      items: shown.length,
      classes: shown,
      x: shown.map((c) => 3 * c + random.normal()),
      y: shown.map((c) => (c % 2) * 4 + random.normal()),
      means: classes.map((c) => ({ class: c, x: 3 * c, y: (c % 2) * 4 })),
    },
  };
}

function metricsOf(recall: readonly number[], f1: number, classes: number): Arm['metrics'] {
  const accuracy = recall.reduce((sum, value, c) => sum + value * counts[c], 0) / total;
  const macro = mean(recall);
  return {
    'macro-recall': estimate(macro, 0.031, total),
    'macro-f1': {
      ...estimate(f1, 0.028, total),
      reason: 'how seed noise enters the interval of macro F1 was not measured',
    },
    accuracy: estimate(accuracy, half(accuracy, total), total),
    'average-precision': estimate(0.66 + 0.04 * macro, 0.041, total),
    matthews: {
      value: 0.7 * macro,
      interval: null,
      count: total,
      reason: `no interval is known for it (${classes} classes)`,
    },
  };
}

function stateOf([low, high]: readonly [number, number], margin: number): Comparison['state'] {
  if (low > 0) return 'better';
  if (high < 0) return 'worse';
  return low > -margin && high < margin ? 'equivalent' : 'undecided';
}

function difference(
  method: string,
  against: string,
  metric: string,
  role: Comparison['role'],
  value: number,
  width: number,
  margin: number,
  count: number,
): Comparison {
  const interval: [number, number] = [value - width, value + width];
  return {
    method,
    against,
    metric,
    role,
    difference: value,
    interval,
    count,
    margin,
    state: stateOf(interval, margin),
    ...(role === 'guard' ? { broken: interval[1] < -margin } : {}),
    samplingError: width / 2.2,
    seedError: width / 4.7,
  };
}

function onCriterion(arm: Arm, against: Arm): Comparison {
  const value = arm.metrics['macro-recall'].value! - against.metrics['macro-recall'].value!;
  return difference(arm.method, against.method, 'macro-recall', 'criterion', value, 0.021, 0.01, total);
}

function compared(arm: Arm, baseline: Arm, names: readonly string[], full: boolean): Comparison[] {
  const of = (metric: string) => arm.metrics[metric].value! - baseline.metrics[metric].value!;
  const close = full && Math.abs(of('macro-recall')) < 0.01;
  const main = difference(
    arm.method,
    baseline.method,
    'macro-recall',
    'criterion',
    of('macro-recall'),
    close ? 0.006 : 0.033,
    0.01,
    total,
  );
  const guard = difference(arm.method, baseline.method, 'accuracy', 'guard', of('accuracy'), 0.0041, 0.03, total);
  if (!full) return [main, guard];
  const f1 = difference(arm.method, baseline.method, 'macro-f1', 'shown', of('macro-f1'), 0.03, 0, total);
  const classes = names.map((name, c): Comparison => {
    const one = arm.classes[c].recall.value! - baseline.classes[c].recall.value!;
    const width = 1.3 * half(0.6, counts[c]) * (c === 0 ? 0.2 : 1);
    const row = difference(arm.method, baseline.method, `recall[${name}]`, 'shown', one, width, 0.01, counts[c]);
    return c === 5
      ? { ...row, state: 'undecided', seedError: null, reason: 'not measurable: needs 1 more items of this class' }
      : row;
  });
  return [main, guard, f1, ...classes];
}

function verdictOf(
  outcome: Verdict['outcome'],
  comparisons: readonly Comparison[],
  references: readonly Comparison[],
): Verdict {
  const find = (method: string, metric: string) =>
    comparisons.find((one) => one.method === method && one.metric === metric)!;
  const reason = (rule: string, { method, against, metric, difference, interval, margin, state }: Comparison) => ({
    rule,
    criterion: metric,
    method,
    against,
    difference,
    interval,
    margin,
    state,
  });
  const simpler = outcome === 'simpler-is-enough' ? 'balanced-softmax' : undefined;
  const main = find('allnc', 'macro-recall');
  const against = references.find((one) => one.against === simpler)!;
  return {
    outcome,
    baseline: 'cross-entropy',
    candidate: 'allnc',
    ...(simpler === undefined ? {} : { simpler }),
    reasons: [
      reason('criterion', main),
      reason(find('allnc', 'accuracy').broken ? 'guard-broken' : 'guard-kept', find('allnc', 'accuracy')),
      ...(simpler === undefined
        ? []
        : [
            reason('reference-criterion', find(simpler, 'macro-recall')),
            reason('reference-guard-kept', find(simpler, 'accuracy')),
            reason('simpler', against),
          ]),
    ],
    next: nextOf(outcome, simpler),
  };
}

function nextOf(outcome: Verdict['outcome'], simpler: string | undefined): Verdict['next'] {
  if (outcome === 'inconclusive')
    return [
      { action: 'repeat', more: 4, detail: 'run about 4 more repeats' },
      {
        action: 'collect',
        class: 'TWF',
        more: 63,
        range: [41, 118],
        detail: 'collect about 63 more items of class TWF',
      },
    ];
  if (simpler === undefined) return [];
  return [
    { action: 'adopt-simpler', method: simpler, detail: `${simpler} is simpler, would be adopted as well` },
    { action: 'collect', more: 1200, range: [800, 2100], detail: 'collect about 1200 more items' },
  ];
}

import { stream } from '../../src/array/random.ts';
import { representationMetrics } from '../../src/metrics/clustering/index.ts';
import {
  type Comparison,
  type Estimate,
  type Representation,
  type RepresentationArm,
  representation,
  type Verdict,
} from '../../src/pilot/result.ts';

/** What a fixture may differ in. Numbers are made up, in the manner of a pilot on accelerometers. */
export interface RepresentFixture {
  /** `emargin` is equal in use with better clusters; `emargin-official-double` has collapsed. */
  readonly candidate?: 'emargin' | 'emargin-official-double';
  readonly across?: 'silhouette' | 'davies-bouldin';
  /** False: no label at all. */
  readonly labelled?: boolean;
  /** Names of the five classes, largest first. */
  readonly classes?: readonly string[];
  readonly file?: string;
}

const usual = ['sitting', 'walking', 'standing', 'cycling', 'stairs (ascending)'];
const counts = [5210, 3391, 2046, 803, 121];
const repeats = 6;
const folds = 3;
const groups = 22;
const reason = 'one number a trial: interval over trials (Nadeau, Bengio), for other training recordings too';

/** Macro F1 of the probe, silhouette, Davies-Bouldin, kappa-time, effective rank; null: not clustered. */
const numbers: Record<string, readonly (number | null)[]> = {
  'info-nce': [0.308, 0.38, 1.03, 0.61, 17],
  emargin: [0.312, 0.43, 0.96, 0.63, 15],
  'emargin-official-double': [0.246, 0.85, 0.5, 0.34, 4],
  raw: [0.273, 0.21, 1.84, 0.52, 55],
  untrained: [0.281, 0.24, 1.62, 0.5, 33],
  minirocket: [0.337, null, null, null, null],
  'info-nce:temperature=0.1': [0.296, 0.32, 1.16, 0.6, 31],
  'fixed-margin': [0.299, 0.35, 1.12, 0.58, 24],
  supervised: [0.29, 0.19, 1.79, 0.49, 41],
};

/** A valid result, the same for the same options; checked by the schema. */
export function representFixture({
  candidate = 'emargin',
  across = 'silhouette',
  labelled = true,
  classes = usual,
  file = 'har-chest/*.csv.gz',
}: RepresentFixture = {}): Representation {
  const names = labelled ? counts.map((_, c) => classes[c] ?? usual[c]) : [];
  const other = candidate === 'emargin' ? 'emargin-official-double' : 'emargin';
  const methods = ['info-nce', candidate, 'raw', 'untrained', 'minirocket', 'info-nce:temperature=0.1', other];
  const arms = [...methods, 'fixed-margin', 'supervised'].map((method, i) => armOf(method, i, names));
  const criteria = [
    { metric: 'probe-macro-f1', margin: 0.01 },
    { metric: across, margin: 0.02 },
  ];
  const compared = ['knn-macro-f1', 'silhouette', 'davies-bouldin', 'effective-rank', 'kappa-time', 'bridge'];
  const asked = [
    ...criteria.map(({ metric, margin }) => ({ metric, margin, role: 'criterion' as const })),
    ...[...compared.filter((metric) => metric !== across), ...names.map((name) => `recall[${name}]`)].map((metric) => ({
      metric,
      margin: 0.01,
      role: 'shown' as const,
    })),
  ];
  const pairs = [
    ...arms.slice(1).map((arm) => [arm, arms[0]] as const),
    ...arms.slice(2).map((arm) => [arms[1], arm] as const),
  ];
  const comparisons = pairs.flatMap(([arm, against]) => asked.map((question) => compare(arm, against, question)));
  const channels = ['x_acceleration', 'y_acceleration', 'z_acceleration'];
  return representation.parse({
    schema: 'evenhand.result/1',
    task: 'represent',
    plane: { across, up: 'probe-macro-f1' },
    verdict: verdictOf(candidate, comparisons, labelled),
    arms,
    comparisons,
    audit: [
      {
        kind: 'short-recording',
        severity: 'warning',
        detail: '2 recordings of 22 (s07 first, 31 steps) shorter than a window of 52: not used, 58 steps in all',
        override: 'a shorter --window',
      },
      {
        kind: 'time-gap',
        column: 'time',
        severity: 'info',
        detail: '3 jumps in time in 1 file (s03.csv.gz, before data row 104 first); the recordings are split there',
      },
      {
        kind: 'pretty-but-useless',
        column: 'emargin-official-double',
        severity: 'warning',
        detail:
          'emargin-official-double: its clusters look better than those of info-nce (silhouette 0.85 against 0.38, Davies-Bouldin 0.50 against 1.03), yet follow time less well (kappa-time 0.34 against 0.61); so in 17 of 18 trials',
      },
    ],
    columns: channels.map((name) => ({
      name,
      kind: 'number',
      role: 'input',
      treatment: 'spectrum of each window, standardised over all training recordings',
      missing: 0,
    })),
    design: {
      hash: 'sha256:77aa0f0f6d6c0d5f6a0f7d1e9d7f8a61c1f4f2d0b9e8a7c6d5e4f3a2b1c0d9e8',
      command:
        'evenhand pilot har-chest/*.csv.gz --task represent --series x_acceleration,y_acceleration,z_acceleration --label label --group file --rate 52 --window 1s --hop 0.5s',
      label: labelled ? ['label'] : [],
      group: 'file',
      time: null,
      scheme: 'grouped',
      folds,
      repeats,
      steps: 300,
      batch: 8,
      seed: 0,
      criteria,
      guards: [],
      statement: 'For new groups and new seeds, with training sets like this one.',
      unit: 'group',
      settings: { encoder: 'inception-time', features: 'stft', sequence: 60, clusters: 5, learningRate: 0.001 },
    },
    data: {
      file,
      rows: 11571,
      labelled: labelled ? 11571 : 0,
      digest: 'sha256:aa11bb22cc44',
      inputs: 3,
      classes: names.map((name, c) => ({ name, count: counts[c] })),
      series: {
        files: Array.from({ length: 4 }, (_, i) => ({
          file: `s0${i + 1}.csv.gz`,
          digest: `sha256:0${i}`,
          rows: 150000 + 17 * i,
        })),
        recordings: 25,
        groups,
        channels,
        rate: 52,
        window: 52,
        hop: 26,
      },
    },
    software: { evenhand: '0.1.0', onnxruntime: '1.30.0', node: '24.21.0', device: 'cpu' },
    times: { started: '2026-11-22T09:30:00Z', seconds: 1164.2, workers: 2 },
  });
}

const clip = (value: number) => Math.min(1, Math.max(0, value));
const none = (why: string): Estimate => ({ value: null, interval: null, count: 0, reason: why });

function armOf(method: string, i: number, names: readonly string[]): RepresentationArm {
  const random = stream('represent-fixture', method);
  const wobble = (width: number) => width * (random.uniform() - 0.5);
  const [f1, silhouette, daviesBouldin, kappa, rank] = numbers[method];
  const labelled = names.length > 0;
  const overTrials = (value: number | null, width: number): Estimate =>
    value === null
      ? none('not clustered')
      : { value, interval: [value - width, value + width], count: folds * repeats, reason };
  const overItems = (value: number | null): Estimate =>
    value === null || !labelled
      ? none('no labels to measure it with')
      : { value, interval: [clip(value - 0.05), clip(value + 0.05)], count: groups };
  const bridge = kappa === null ? null : 0.8 * kappa;
  const known: Record<string, Estimate> = {
    'probe-macro-f1': overItems(f1),
    'probe-macro-recall': overItems(f1! + 0.03),
    'probe-accuracy': overItems(f1! + 0.3),
    'knn-macro-f1': method === 'minirocket' ? none('not clustered') : overItems(f1! + 0.012),
    silhouette: overTrials(silhouette, 0.03),
    'davies-bouldin': overTrials(daviesBouldin, 0.08),
    'kappa-time': overTrials(kappa, 0.05),
    bridge: overTrials(bridge, 0.05),
    'effective-rank': overTrials(rank, 2.5),
    'largest-share': overTrials(rank === null ? null : clip(1.6 / rank), 0.03),
    'calinski-harabasz': overTrials(silhouette === null ? null : 2400 * silhouette, 310),
    uniformity: overTrials(silhouette === null ? null : -2.1 + silhouette, 0.1),
    'change-precision': method === 'raw' ? none('the label never changes inside a recording') : overTrials(kappa, 0.1),
  };
  const metrics = Object.fromEntries(
    representationMetrics.map(({ name, needs }) => {
      const own = known[name] ?? overTrials(silhouette === null ? null : 0.2 + 0.5 * random.uniform(), 0.06);
      return [name, needs.includes('truth') && !labelled ? none('no labels given') : own];
    }),
  );
  const baseline = i === 0;
  const trials = Array.from({ length: folds * repeats }, (_, k) => ({
    repeat: Math.floor(k / folds),
    fold: k % folds,
    metrics: {
      'probe-macro-f1': labelled ? f1! + wobble(0.07) : null,
      silhouette: silhouette === null ? null : silhouette + wobble(0.12),
      'davies-bouldin': daviesBouldin === null ? null : daviesBouldin + wobble(0.3),
      'kappa-time': kappa === null ? null : kappa + wobble(0.1),
      bridge: bridge === null ? null : bridge + wobble(0.1),
      'effective-rank': rank,
    },
    alarm: baseline || silhouette === null ? null : method === 'emargin-official-double' && k > 0,
  }));
  const told = trials.filter(({ alarm }) => alarm !== null);
  const trained = !['raw', 'untrained', 'minirocket'].includes(method);
  const recall = names.map((_, c) => clip(f1! + 0.45 - 0.17 * c + wobble(0.05)));
  return {
    method,
    role: i === 0 ? 'baseline' : i === 1 ? 'candidate' : 'reference',
    simplicity: i,
    metrics,
    classes: names.map((name, c) => ({
      name,
      trained: counts[c] * 0.53,
      evaluated: counts[c],
      recall: { value: recall[c], interval: [clip(recall[c] - 0.06), clip(recall[c] + 0.06)], count: groups - 4 * c },
      precision: { value: recall[c], interval: null, count: groups, reason: 'seed noise is not in this interval' },
      f1: { value: recall[c], interval: null, count: groups },
    })),
    confusion: names.map((_, c) =>
      names.map((_, to) => (to === c ? counts[c] * recall[c] : (counts[c] * (1 - recall[c])) / (names.length - 1))),
    ),
    width: method === 'raw' ? 81 : 64,
    trials,
    alarm: told.length > 0 ? { raised: told.filter(({ alarm }) => alarm).length, of: told.length } : null,
    looks: trained
      ? Array.from({ length: 11 }, (_, k) => {
          const share = method === 'emargin-official-double' ? 0.21 + 0.78 * (1 - Math.exp(-k / 2)) : 0.21 - 0.01 * k;
          return { step: 30 * k, largestShare: share, effectiveRank: 2 + rank! * (1 - share) };
        })
      : [],
    thresholds:
      method === 'emargin'
        ? [
            {
              rule: 'q10',
              reason: 'of the least similar neighbours 14.2 % are transitions, of all 2.1 %: detectable',
              trials: 15,
            },
            { rule: 'off', reason: 'the label never changes inside a recording', trials: 3 },
          ]
        : [],
    ...(i < 2 ? { timeline: timelineOf(method, labelled) } : {}),
    settings: trained ? { temperature: method.endsWith('0.1') ? 0.1 : 0.5 } : {},
    cost: {
      trainSeconds: trained ? 8 + i : 0,
      millisecondsPerStep: trained ? 27.1 : 0,
      inferenceMicroseconds: i === 4 ? null : 12.5,
      modelBytes: i === 4 ? null : 88120,
    },
  };
}

function timelineOf(method: string, labelled: boolean): RepresentationArm['timeline'] {
  const random = stream('represent-timeline', method);
  const labels = Array.from({ length: 240 }, (_, i) => [0, 1, 2, -1, 1, 4][Math.floor(i / 40)]);
  const signal = (c: number) => {
    const noise = stream('represent-signal', c);
    return labels.map((label): [number, number] => {
      const middle = 0.4 * noise.uniform() + 0.3 * c;
      const spread = label === 1 ? 1.5 : label === 4 ? 2.1 : 0.15;
      return [middle - spread * noise.uniform(), middle + spread * noise.uniform()];
    });
  };
  return {
    recording: 's03',
    windows: labels.length,
    first: 118,
    secondsPerWindow: 0.5,
    labels: labelled ? labels : labels.map(() => -1),
    clusters: labels.map((label) => (random.uniform() < 0.06 ? 3 : [3, 0, 1, 2, 0, 4][label + 1])),
    contrast: labels
      .slice(1)
      .map((label, i) => (label === labels[i] ? 0.5 + random.uniform() : 4 + 2 * random.uniform())),
    signal: [0, 1, 2].map(signal),
  };
}

function compare(
  arm: RepresentationArm,
  against: RepresentationArm,
  { metric, margin, role }: { metric: string; margin: number; role: Comparison['role'] },
): Comparison {
  const bracket = /^recall\[(.*)\]$/s.exec(metric)?.[1];
  const value = (one: RepresentationArm) =>
    bracket === undefined
      ? one.metrics[metric].value
      : (one.classes.find(({ name }) => name === bracket)?.recall.value ?? null);
  const lower = metric === 'davies-bouldin';
  const [a, b] = [value(against), value(arm)];
  const common = { method: arm.method, against: against.method, metric, role, margin };
  const direction = lower ? { direction: 'lower' as const } : {};
  if (a === null || b === null)
    return {
      ...common,
      ...direction,
      difference: null,
      interval: null,
      count: 0,
      state: 'undecided',
      samplingError: null,
      seedError: null,
      reason: against.classes.length === 0 ? 'no labels to measure it with' : 'not clustered',
    };
  const difference = b - a;
  const width = metric.startsWith('probe') ? 0.005 : 0.03 + 0.05 * Math.abs(difference);
  const interval: [number, number] = [difference - width, difference + width];
  const [l, u] = lower ? [-interval[1], -interval[0]] : interval;
  const byItems = metric.includes('recall') || metric.includes('macro');
  return {
    ...common,
    ...direction,
    difference,
    interval,
    count: byItems ? groups : folds * repeats,
    state: l > 0 ? 'better' : u < 0 ? 'worse' : l > -margin && u < margin ? 'equivalent' : 'undecided',
    samplingError: byItems ? width / 2.2 : null,
    seedError: byItems ? width / 4.7 : null,
    ...(byItems ? {} : { reason }),
  };
}

function verdictOf(candidate: string, comparisons: readonly Comparison[], labelled: boolean): Verdict {
  const reasons = comparisons
    .filter(({ method, against, role }) => method === candidate && against === 'info-nce' && role === 'criterion')
    .map(({ metric: criterion, method, against, difference, interval, margin, state }) => ({
      rule: interval === null ? 'criterion-missing' : 'criterion',
      criterion,
      method,
      against,
      difference,
      interval,
      margin,
      state,
    }));
  const worse = reasons.some(({ state }) => state === 'worse');
  const detail = `label some recordings: probe-macro-f1 of ${candidate} could not be measured`;
  return {
    outcome: labelled ? (worse ? 'reject' : 'adopt') : 'inconclusive',
    baseline: 'info-nce',
    candidate,
    reasons,
    next: labelled ? [] : [{ action: 'label', detail }],
  };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fold } from '../../../src/data/dataset.ts';
import { type FeatureOptions, makeWindows, type WindowSet } from '../../../src/data/series/index.ts';
import { partsOf, type RepresentationData } from '../../../src/evaluate/represent/parts.ts';
import {
  fitRepresentation,
  type RepresentationOutcome,
  runRepresentation,
} from '../../../src/evaluate/represent/trial.ts';
import { autoThreshold, neighbourSimilarities } from '../../../src/losses/contrastive/index.ts';
import { representationMetrics } from '../../../src/metrics/clustering/index.ts';
import type { Measured } from '../../../src/metrics/metric.ts';
import type { TrainingState } from '../../../src/train/checkpoint.ts';
import type { RepresentationPlan } from '../../../src/train/represent/plan.ts';
import { RepresentationTrainer } from '../../../src/train/represent/trainer.ts';
import { foldOf, LENGTH, settingsOf, spectrum, type Toy, toyWindows } from './toy.ts';

const trainer = new RepresentationTrainer();
const VALIDATION = [3];
const TEST = [4, 5];
const USE = ['probe-macro-f1', 'probe-macro-recall', 'probe-accuracy', 'knn-macro-f1'];
const CLUSTERS = ['silhouette', 'davies-bouldin', 'calinski-harabasz', 'effective-rank', 'kappa-time', 'bridge'];
const CHANGES = ['transition-sharpness', 'change-precision', 'change-recall'];

interface Given {
  readonly windows?: WindowSet;
  readonly features?: FeatureOptions;
  readonly clusters?: number;
  readonly fold?: Fold;
  readonly plan?: Partial<RepresentationPlan>;
  readonly timeline?: boolean;
}

/** One trial on data of its own (features are kept per data). */
function trial(method: string, given: Given = {}): Promise<RepresentationOutcome> {
  const { windows = toyWindows(), features = spectrum, clusters = 3, plan, timeline = false } = given;
  const data: RepresentationData = { windows, features, clusters };
  const fold = given.fold ?? foldOf(windows, VALIDATION, TEST);
  return runRepresentation(trainer, data, fold, { ...settingsOf(method, { steps: 20, checks: 1, ...plan }), timeline });
}

const toy = (options: Toy) => toyWindows(options);
const numbersOf = ({ metrics }: RepresentationOutcome) =>
  Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]));

function measured({ metrics }: RepresentationOutcome, names: readonly string[]): void {
  for (const name of names)
    assert.ok(Number.isFinite(metrics[name].value), `${name}: ${JSON.stringify(metrics[name])}`);
}
function lacking({ metrics }: RepresentationOutcome, names: readonly string[], reason: RegExp): void {
  for (const name of names) {
    assert.equal(metrics[name].value, null, name);
    assert.match(metrics[name].reason ?? '', reason, name);
  }
}
/** Every metric is there, a number or null with the reason. */
function complete({ metrics }: RepresentationOutcome): void {
  assert.deepEqual(
    Object.keys(metrics),
    representationMetrics.map(({ name }) => name),
  );
  for (const [name, { value, reason }] of Object.entries(metrics) as [string, Measured][])
    assert.ok(value === null ? (reason ?? '').length > 0 : Number.isFinite(value), `${name}: ${value}, ${reason}`);
}

test('every number of every kind of method, in its range, and the answers of the labelled test windows', async () => {
  const windows = toyWindows();
  for (const method of ['info-nce', 'raw', 'untrained', 'supervised']) {
    const outcome = await trial(method, { windows, plan: { checks: 4 } });
    complete(outcome);
    measured(outcome, [...USE, ...CLUSTERS, 'adjusted-rand', 'transition-sharpness', 'change-recall']);
    for (const { name, range } of representationMetrics) {
      const { value } = outcome.metrics[name];
      assert.ok(value === null || (value >= range[0] && value <= range[1]), `${method}, ${name}: ${value}`);
    }
    assert.ok(outcome.metrics['probe-macro-f1'].value! > (method === 'untrained' ? 0.4 : 0.8), method);
    assert.deepEqual(outcome.rows, foldOf(windows, VALIDATION, TEST).test);
    assert.equal(outcome.probe?.length, 40);
    assert.equal(outcome.neighbours?.length, 40);
    assert.equal(outcome.width, method === 'raw' ? 10 : 8);
    assert.deepEqual(
      outcome.looks.map(({ step }) => step),
      method === 'info-nce' || method === 'supervised' ? [5, 10, 15, 20] : [],
    );
    // 40 steps of a state: five windows of one, all four training recordings of 20.
    assert.equal(
      outcome.trainCounts.reduce((a, b) => a + b),
      80,
    );
    assert.ok(outcome.probeFit!.gradientNorm! < 1e-5);
  }
});

test('same seed, same numbers; another seed, others', async () => {
  const given = { plan: { steps: 8 } };
  const [a, b] = [await trial('emargin', given), await trial('emargin', given)];
  assert.deepEqual({ ...a, trainSeconds: 0 }, { ...b, trainSeconds: 0 });
  const windows = toyWindows();
  const data = { windows, features: spectrum, clusters: 3 };
  const settings = { ...settingsOf('emargin', { steps: 8, checks: 1 }), seed: 4 };
  const other = await runRepresentation(trainer, data, foldOf(windows, VALIDATION, TEST), settings);
  assert.notDeepEqual(numbersOf(other), numbersOf(a));
});

test('no group is on both sides, and the held windows are those of the validation part', () => {
  const windows = toyWindows();
  const fold = foldOf(windows, VALIDATION, TEST);
  const { train, held, test: tested } = partsOf({ windows, features: spectrum, clusters: 3 }, fold);
  const groups = (rows: Int32Array) => new Set(Array.from(rows, (row) => windows.groups[row]));
  const known = groups(tested.rows);
  assert.ok([...groups(train.rows)].every((group) => !known.has(group)));
  assert.deepEqual(train.rows, Int32Array.from([...fold.train, ...fold.validation]).sort());
  assert.deepEqual(
    held.map((i) => train.rows[i]),
    fold.validation,
  );
  assert.deepEqual(
    [train.runs, tested.runs],
    [
      [20, 20, 20, 20],
      [20, 20],
    ],
  );
  assert.deepEqual(
    tested.recordings,
    Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 4 : 5)),
  );
});

for (const features of [{}, spectrum, { features: 'stft', frame: 4 }] as FeatureOptions[])
  test(`scaling of ${JSON.stringify(features)} is fitted on the training side`, () => {
    const fold = foldOf(toyWindows(), VALIDATION, TEST);
    const strange = (r: number, _: number, t: number, usual: number) => (r >= 4 ? 50 + 9 * usual + Math.cos(t) : usual);
    const parts = (windows: WindowSet, scaling: 'global' | 'recording') =>
      partsOf({ windows, features: { ...features, scaling }, clusters: 3 }, fold);
    for (const scaling of ['global', 'recording'] as const) {
      const [usual, changed] = [parts(toy({}), scaling), parts(toy({ value: strange }), scaling)];
      assert.deepEqual(changed.train, usual.train);
      assert.deepEqual(changed.preprocessing, usual.preprocessing);
      assert.notDeepEqual(changed.test.x, usual.test.x);
    }
    // What is fitted changes with a training recording, and with one of the validation part, which is learnt from too.
    for (const r of [0, 3]) {
      const other = parts(toy({ value: (own, _, __, usual) => (own === r ? 3 * usual : usual) }), 'global');
      assert.notDeepEqual(other.preprocessing, parts(toy({}), 'global').preprocessing);
    }
  });

test('training part standardised: mean 0 and scale 1 of every channel', () => {
  const windows = toyWindows();
  const { train } = partsOf({ windows, features: {}, clusters: 3 }, foldOf(windows, VALIDATION, TEST));
  for (let c = 0; c < 2; c++) {
    const own = train.x.filter((_, i) => Math.floor(i / LENGTH) % 2 === c);
    const mean = own.reduce((a, b) => a + b, 0) / own.length;
    const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length;
    assert.ok(Math.abs(mean) < 1e-5 && Math.abs(variance - 1) < 1e-5, `${mean}, ${variance}`);
  }
});

test('labels of test windows change no answer, whether exchanged or hidden', async () => {
  const state = (t: number, r: number) => (r + Math.floor(t / 40)) % 3;
  const labels = (rule: (r: number, t: number) => number) =>
    toy({ label: (r, t) => (r >= 4 ? rule(r, t) : state(t, r)) });
  for (const method of ['info-nce', 'raw', 'minirocket']) {
    const usesTime = method === 'minirocket';
    const given = (windows: WindowSet): Given =>
      usesTime ? { windows: windows, features: {}, plan: { encoder: { kind: 'resnet-1d' } } } : { windows };
    const make = usesTime ? (own: WindowSet) => twice(own) : (own: WindowSet) => own;
    const usual = await trial(method, given(make(labels((r, t) => state(t, r)))));
    const exchanged = await trial(method, given(make(labels((r, t) => (state(t, r) + 1) % 3))));
    assert.deepEqual(exchanged.probe, usual.probe);
    assert.deepEqual(exchanged.neighbours, usual.neighbours);
    assert.notEqual(exchanged.metrics['probe-macro-f1'].value, usual.metrics['probe-macro-f1'].value);
    assert.equal(exchanged.metrics['davies-bouldin'].value, usual.metrics['davies-bouldin'].value);
    // Half of them hidden: the others' answers stay.
    const hidden = await trial(method, given(make(labels((r, t) => (t % 80 < 40 ? -1 : state(t, r))))));
    assert.ok(hidden.rows.length > 0 && hidden.rows.length < usual.rows.length);
    const answerOf = new Map(Array.from(usual.rows, (row, i) => [row, usual.probe![i]]));
    assert.deepEqual(
      Array.from(hidden.probe!),
      Array.from(hidden.rows, (row) => answerOf.get(row)),
    );
  }
});

/** The same recordings in windows of twice the length: MiniRocket wants nine steps. */
function twice({ set }: WindowSet): WindowSet {
  return makeWindows(set, { window: 2 * LENGTH });
}

test('labels of training windows count for probes, never for what learns without them', async () => {
  const shuffled = toy({ label: (r, t, state) => (r < 4 ? (state + Math.floor(t / 8)) % 3 : state) });
  const [usual, other] = [await trial('info-nce'), await trial('info-nce', { windows: shuffled })];
  for (const name of CLUSTERS) assert.equal(other.metrics[name].value, usual.metrics[name].value, name);
  assert.notDeepEqual(other.probe, usual.probe);
});

test('windows without a label are learnt from and clustered, never judged', async () => {
  // One state of three is not labelled anywhere.
  const windows = toy({ label: (_, __, state) => (state === 2 ? -1 : state) });
  const [some, all] = [await trial('info-nce', { windows }), await trial('info-nce')];
  assert.ok(some.rows.every((row) => windows.labels[row] >= 0));
  assert.equal(
    some.rows.length,
    windows.labels.filter((label, row) => label >= 0 && windows.recording[row] >= 4).length,
  );
  assert.equal(some.probe!.length, some.rows.length);
  assert.ok(some.probe!.every((answer) => answer !== 2));
  assert.equal(
    some.probeFit!.rows,
    windows.labels.filter((label, row) => label >= 0 && windows.recording[row] < 4).length,
  );
  // The encoder and its clusters are the same to the bit: it learnt from all windows.
  for (const name of CLUSTERS) assert.equal(some.metrics[name].value, all.metrics[name].value, name);
  assert.deepEqual(some.looks, all.looks);
});

test('no labels at all: no use, but clusters and health', async () => {
  const windows = toy({ label: null });
  for (const method of ['emargin', 'raw']) {
    const outcome = await trial(method, { windows });
    complete(outcome);
    lacking(outcome, [...USE, ...CHANGES, 'adjusted-rand', 'silhouette-on-classes'], /labels/);
    measured(outcome, CLUSTERS);
    assert.equal(outcome.rows.length, 0);
    assert.equal(outcome.probe, undefined);
  }
  const { threshold } = await trial('emargin', { windows });
  assert.deepEqual([threshold?.rule, /no labels/.test(threshold?.reason ?? '')], ['q10', true]);
});

test('one label only: nothing to tell apart, clusters measured', async () => {
  const outcome = await trial('info-nce', { windows: toy({ label: () => 1 }) });
  complete(outcome);
  lacking(outcome, USE, /label/);
  lacking(outcome, ['adjusted-rand'], /one label only/);
  lacking(outcome, ['silhouette-on-classes'], /one cluster only/);
  measured(outcome, CLUSTERS);
});

test('labels in the training part alone, or in the test part alone: no use', async () => {
  for (const hide of [(r: number) => r >= 4, (r: number) => r < 4]) {
    const outcome = await trial('info-nce', { windows: toy({ label: (r, _, state) => (hide(r) ? -1 : state) }) });
    complete(outcome);
    lacking(outcome, USE, /labels/);
    assert.equal(outcome.probe, undefined);
    measured(outcome, CLUSTERS);
  }
});

test('a label that never changes inside a recording: no transitions, the rest measured', async () => {
  const outcome = await trial('info-nce', { windows: toy({ label: (r) => r % 2 }) });
  complete(outcome);
  lacking(outcome, CHANGES, /the label never changes inside a recording/);
  measured(outcome, [...CLUSTERS, ...USE]);
});

test('supervised without labels of two classes: null with the reason', async () => {
  for (const windows of [toy({ label: null }), toy({ label: () => 0 }), toy({ label: (r) => (r < 4 ? -1 : 1) })]) {
    const outcome = await trial('supervised', { windows });
    complete(outcome);
    lacking(outcome, Object.keys(outcome.metrics), /needs labels of at least two classes/);
    assert.equal(outcome.width, 0);
  }
});

test('minirocket: by its use alone, and not on windows shorter than nine steps', async () => {
  const short = await trial('minirocket');
  complete(short);
  lacking(short, Object.keys(short.metrics), /MiniRocket needs windows of 9 steps or more/);
  const long = await trial('minirocket', { windows: twice(toyWindows()) });
  complete(long);
  measured(long, ['probe-macro-f1', 'probe-macro-recall', 'probe-accuracy']);
  assert.ok(long.metrics['probe-macro-f1'].value! > 0.8);
  lacking(long, ['silhouette', 'davies-bouldin', 'effective-rank'], /not clustered/);
  assert.equal(long.metrics['knn-macro-f1'].value, null);
  assert.equal(long.neighbours, undefined);
});

test('minirocket: a channel in another unit is as good as before', async () => {
  const scaled = toy({ value: (_, c, __, usual) => (c === 0 ? usual : 1e5 * usual + 3e5) });
  const [usual, other] = [
    await trial('minirocket', { windows: twice(toyWindows()) }),
    await trial('minirocket', { windows: twice(scaled) }),
  ];
  assert.deepEqual(other.probe, usual.probe);
});

test('a threshold by hand stands; auto says why; other methods have none', async () => {
  const by = async (method: string) => (await trial(method, { plan: { steps: 2 } })).threshold;
  assert.deepEqual(await by('emargin:threshold=0.2'), { rule: '0.2', reason: 'chosen by hand' });
  assert.deepEqual(await by('emargin:threshold=off'), { rule: 'off', reason: 'chosen by hand' });
  // What auto makes of all neighbours of the training recordings, and of none across two of them.
  const windows = toyWindows();
  const { train } = partsOf({ windows, features: spectrum, clusters: 3 }, foldOf(windows, VALIDATION, TEST));
  const similarities: number[] = [];
  const changes: number[] = [];
  for (let i = 0; i + 1 < train.rows.length; i++) {
    if (train.recordings[i] !== train.recordings[i + 1]) continue;
    similarities.push(neighbourSimilarities(train.x.subarray(10 * i, 10 * (i + 2)), 10)[0]);
    changes.push(train.labels[i] === train.labels[i + 1] ? 0 : 1);
  }
  // Each of four recordings of twenty windows changes three times.
  assert.deepEqual([changes.length, changes.filter(Boolean).length], [76, 12]);
  const { rule, reason } = autoThreshold(similarities, changes);
  assert.deepEqual(await by('emargin'), { rule, reason });
  assert.match(reason, /of all 15\.8 %/);
  assert.equal(await by('info-nce'), undefined);
});

test('a constant channel, identical windows, a test part of few windows: a number or null with the reason', async () => {
  const dull: Record<string, Toy['value']> = {
    'one channel constant': (_, c, __, usual) => (c === 0 ? 4 : usual),
    'both channels constant': () => 4,
    'all windows identical': (_, c, t) => Math.sin(t % LENGTH) + c,
    'test recordings constant': (r, _, __, usual) => (r >= 4 ? 2 : usual),
    'huge numbers': (_, __, ___, usual) => 1e30 * usual,
    'one spike': (r, _, t, usual) => (r === 0 && t === 7 ? 1e20 : usual),
  };
  for (const [what, value] of Object.entries(dull))
    for (const method of /both|huge/.test(what) ? ['emargin', 'raw'] : ['raw'])
      await assert.doesNotReject(async () => {
        complete(await trial(method, { windows: toy({ value, windows: 12 }), plan: { steps: 4, checks: 1 } }));
      }, `${what}, ${method}`);
  // Two test windows for eight clusters.
  const windows = toyWindows({ windows: 12 });
  const fold = foldOf(windows, VALIDATION, TEST);
  const few = await trial('info-nce', { windows, clusters: 8, fold: { ...fold, test: fold.test.subarray(0, 2) } });
  complete(few);
});

test('recordings that are too short to learn from are left out, and none at all is a plain error', async () => {
  // Sequences of ten windows: recordings of 20 windows less the tail.
  const windows = toyWindows();
  const keep = (row: number) => windows.recording[row] === 0 || windows.index[row] < 4;
  const fold = foldOf(windows, VALIDATION, TEST);
  const outcome = await trial('info-nce', { windows, fold: { ...fold, train: fold.train.filter(keep) } });
  complete(outcome);
  await assert.rejects(
    trial('info-nce', { windows, plan: { sequenceSteps: 21 } }),
    /sequences of 21 windows: no training recording has more than 20 windows in a row/,
  );
});

test('the timeline: the test recording with the most changes, its signal, labels and clusters', async () => {
  // Recording 5 never changes; 4 does.
  const windows = toy({ label: (r, _, state) => (r === 5 ? 0 : state) });
  const { timeline } = await trial('info-nce', { windows, timeline: true });
  assert.ok(timeline);
  assert.deepEqual([timeline.recording, timeline.windows, timeline.first], ['r4', 20, 0]);
  assert.equal(timeline.secondsPerWindow, null);
  assert.deepEqual(timeline.labels, Array.from(windows.labels.filter((_, row) => windows.recording[row] === 4)));
  assert.equal(timeline.contrast.length, 19);
  assert.ok(timeline.contrast.every(Number.isFinite));
  assert.ok(timeline.clusters.every((k) => k >= 0 && k < 3));
  assert.deepEqual(
    timeline.signal.map((channel) => channel.length),
    [20, 20],
  );
  const { channels } = windows.set.recordings[4];
  for (const [c, pairs] of timeline.signal.entries())
    for (const [w, [least, most]] of pairs.entries()) {
      const own = channels.subarray(160 * c + LENGTH * w, 160 * c + LENGTH * (w + 1));
      assert.ok(Math.abs(least - Math.min(...own)) < 1e-4 && Math.abs(most - Math.max(...own)) < 1e-4);
    }
  assert.equal((await trial('info-nce', { windows })).timeline, undefined);
  const unlabelled = await trial('info-nce', { windows: toy({ label: null }), timeline: true });
  assert.equal(unlabelled.timeline?.windows, 20);
});

test('stopped and taken up again: the same outcome, looks included', async () => {
  const windows = toyWindows();
  const fold = foldOf(windows, VALIDATION, TEST);
  const run = (watch: object) =>
    runRepresentation(
      trainer,
      { windows, features: spectrum, clusters: 3 },
      fold,
      settingsOf('vicreg', { steps: 18, checks: 2 }),
      watch,
    );
  const states: TrainingState[] = [];
  const whole = await run({ checkpointEvery: 7, onCheckpoint: (state: TrainingState) => states.push(state) });
  assert.deepEqual(
    states.map(({ step }) => step),
    [7, 14],
  );
  for (const resume of states) {
    const resumed = await run({ resume });
    assert.deepEqual({ ...resumed, trainSeconds: 0 }, { ...whole, trainSeconds: 0 }, `from step ${resume.step}`);
  }
});

test('an encoder by itself: the one of the trial on the same fold', async () => {
  const windows = toyWindows();
  const data = { windows, features: spectrum, clusters: 3 };
  const all = Int32Array.from({ length: windows.rows }, (_, i) => i);
  const fold = { repeat: 0, fold: -1, train: all, validation: new Int32Array(), test: new Int32Array() };
  const { net, plan, preprocessing } = await fitRepresentation(
    trainer,
    data,
    fold,
    settingsOf('emargin', { steps: 5 }),
  );
  assert.deepEqual(preprocessing, partsOf(data, fold).preprocessing);
  assert.deepEqual(plan.shape, preprocessing.shape);
  assert.ok(plan.threshold !== undefined);
  assert.ok(!('spec' in plan));
  assert.ok(net.parameters.every(Number.isFinite));
  await assert.rejects(fitRepresentation(trainer, data, fold, settingsOf('raw')), /raw: has no encoder/);
});

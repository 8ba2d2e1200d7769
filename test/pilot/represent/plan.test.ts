import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../../src/array/errors.ts';
import { makeWindows } from '../../../src/data/series/index.ts';
import { planRepresentation, representationReferences } from '../../../src/pilot/represent/plan.ts';
import { toySet, toyWindows } from '../../evaluate/represent/toy.ts';
import { choicesOf, planOf as planOfSix } from './synthetic.ts';

/** Two repeats are enough here. */
const planOf: typeof planOfSix = (more = {}, toy) => planOfSix({ repeats: 2, ...more }, toy);

const refused = (make: () => unknown, message: RegExp) =>
  assert.throws(
    make,
    (error) => error instanceof InputError && message.test(error.message) && !/\n/.test(error.message),
  );

const apart = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>) => [...a].every((one) => !b.has(one));

test('same data and choices: the same hash and trials', () => {
  const [a, b] = [planOf(), planOf()];
  assert.equal(a.hash, b.hash);
  assert.deepEqual(
    a.trials.map(({ id }) => id),
    b.trials.map(({ id }) => id),
  );
  assert.equal(new Set(a.trials.map(({ id }) => id)).size, 2 * 6);
});

test('whatever changes a number changes the trials', () => {
  const usual = planOf();
  const ids = ({ trials }: typeof usual) =>
    trials.filter(({ training }) => training === 'info-nce').map(({ id }) => id);
  const others = {
    encoder: planOf({ encoder: 'context' }),
    widths: planOf({ encoder: 'pointwise:widths=32+16' }),
    steps: planOf({ steps: 399 }),
    sequence: planOf({ sequence: 10 }),
    batch: planOf({ batch: 3 }),
    seed: planOf({ seed: 1 }),
    folds: planOf({ folds: 2 }),
    clusters: planOf({ clusters: 4 }),
    scaling: planOf({ features: { features: 'stft', scaling: 'recording' } }),
    device: planOf({ device: 'cuda' }),
    windows: planOf({}, { windows: 21 }),
    groups: planOf({}, { groups: 13 }),
    labels: planOf({}, { label: null }),
    // Files, counts and names are the same: another label column, another scale by resampling.
    'order of labels': planOf({}, { label: (_, __, state) => (state + 1) % 3 }),
    values: planOf({}, { value: (_, __, t, usual) => (t === 9 ? usual + 1 : usual) }),
  };
  for (const [what, other] of Object.entries(others)) {
    assert.notEqual(other.hash, usual.hash, what);
    assert.ok(apart(new Set(ids(other)), new Set(ids(usual))), what);
  }
});

test('what only judges changes the design and no trial', () => {
  const usual = planOf();
  const ids = (plan: typeof usual, method: string) =>
    plan.trials.filter(({ training }) => training === method).map(({ id }) => id);
  const criteria = [...usual.choices.criteria, { metric: 'bridge', margin: 0.1 }];
  const others = [
    planOf({ criteria }),
    planOf({ guards: [{ metric: 'kappa-time', tolerance: 0.1 }] }),
    planOf({ candidate: 'triplet' }),
    planOf({ references: ['raw'] }),
  ];
  for (const other of others) {
    assert.notEqual(other.hash, usual.hash);
    assert.deepEqual(ids(other, 'info-nce'), ids(usual, 'info-nce'));
  }
});

test('folds never share a group between their parts, and each window is tested once a repeat', () => {
  const { folds, data } = planOf();
  const { groups, rows } = data.windows;
  const of = (part: Int32Array) => new Set(Array.from(part, (row) => groups[row]));
  for (const fold of folds) {
    const [train, validation, tested] = [of(fold.train), of(fold.validation), of(fold.test)];
    assert.ok(apart(train, validation) && apart(train, tested) && apart(validation, tested));
  }
  for (let repeat = 0; repeat < 2; repeat++) {
    const own = folds.filter((fold) => fold.repeat === repeat).flatMap((fold) => [...fold.test]);
    assert.deepEqual(
      own.sort((a, b) => a - b),
      Array.from({ length: rows }, (_, i) => i),
    );
  }
});

test('arms: roles, once each, simplicity by the declared order; a method against itself is refused', () => {
  const { arms } = planOf({ references: [...representationReferences, 'info-nce', 'emargin:margin=0.5'] });
  assert.deepEqual(
    arms.map(({ spec, role }) => [spec.name, role]),
    [
      ['info-nce', 'baseline'],
      ['emargin', 'candidate'],
      ...representationReferences.map((name) => [name, 'reference']),
    ],
  );
  const [infoNce, emargin, raw] = arms.map(({ simplicity }) => simplicity);
  assert.ok(raw < infoNce && infoNce < emargin);
  refused(() => planOf({ candidate: 'info-nce:temperature=0.5' }), /--candidate: "info-nce" is the baseline too/);
  refused(() => planOf({ candidate: 'emargn' }), /did you mean "emargin"/);
});

test('the encoder: by the windows, or as named, and refused before anything is trained', () => {
  assert.equal(planOf().shared.encoder.kind, 'pointwise');
  assert.equal(planOf({ features: {} }).shared.encoder.kind, 'inception-time');
  assert.deepEqual(planOf({ encoder: 'context:widths=16' }).shared.encoder, { kind: 'context', widths: [16] });
  refused(() => planOf({ encoder: 'pointwise', features: {} }), /makes an embedding for every point of a window/);
  refused(() => planOf({ encoder: 'inception-time' }), /makes one embedding of a whole sequence/);
  refused(() => planOf({ encoder: 'pointwize' }), /encoder "pointwize" is not known.*did you mean "pointwise"/);
  refused(() => planOf({ criteria: [{ metric: 'silhouet', margin: 0 }] }), /did you mean "silhouette"/);
  refused(() => planOf({ guards: [{ metric: 'recall[swim]', tolerance: 0 }] }), /metric "recall\[swim\]"/);
  refused(() => planOf({ features: { features: 'stft', frame: 9 } }), /--frame/);
});

const short = ({ findings }: ReturnType<typeof planOf>) => findings.filter(({ kind }) => kind === 'short-sequences');

test('sequences: sixty windows, or as many as most recordings have, and that is said', () => {
  const long = planOf({}, { windows: 60, groups: 4 });
  assert.deepEqual([long.shared.sequenceSteps, long.shared.sequences], [60, 8]);
  assert.deepEqual(short(long), []);
  const brief = planOf({}, { windows: 20 });
  assert.deepEqual([brief.shared.sequenceSteps, brief.shared.sequences], [20, 24]);
  const [finding] = short(brief);
  assert.equal(finding.severity, 'info');
  assert.match(finding.detail, /recordings of 20 windows or fewer: sequences of 20 instead of 60/);
  assert.equal(planOf({ sequence: 7 }).shared.sequenceSteps, 7);
  assert.deepEqual(short(planOf({ sequence: 7 })), []);
  assert.equal(planOf({ batch: 5 }).shared.sequences, 5);
  refused(() => planOf({}, { windows: 2 }), /--window: most recordings hold 2 windows.*3 or more/);
});

/** One long recording among short ones: it can be in the test part. */
const oneLong = () => {
  const [long, ...others] = [toySet({ windows: 40, groups: 1 }), toySet({ windows: 10, groups: 4, seed: 2 })];
  const recordings = others.flatMap((set) => set.recordings.map((own, r) => ({ ...own, group: `g${r}` })));
  return makeWindows({ ...long, recordings: [...long.recordings, ...recordings] }, { window: 8 });
};

test('no fold is left without a sequence to learn from', () => {
  const windows = oneLong();
  const plan = planRepresentation(windows, choicesOf({ repeats: 1 }));
  assert.equal(plan.shared.sequenceSteps, 10);
  assert.match(short(plan)[0].detail, /no recording of more than 10 windows: sequences of 10 instead of 60/);
  refused(
    () => planRepresentation(windows, choicesOf({ sequence: 11 })),
    /--sequence 11: some training part has no recording of more than 10 windows; give 10 or fewer/,
  );
  assert.equal(planRepresentation(windows, choicesOf({ sequence: 10 })).shared.sequenceSteps, 10);
});

test('clusters: the classes that there are, else as named or eight, which is said', () => {
  const kinds = ({ findings }: ReturnType<typeof planOf>) => findings.map(({ kind }) => kind);
  assert.equal(planOf().data.clusters, 3);
  assert.equal(planOf({ clusters: 5 }).data.clusters, 5);
  const bare = planOf({}, { label: null });
  assert.equal(bare.data.clusters, 8);
  assert.ok(kinds(bare).includes('clusters') && !kinds(planOf()).includes('clusters'));
  assert.equal(planOf({}, { label: () => 1 }).data.clusters, 8);
  assert.ok(!kinds(planOf({ clusters: 4 }, { label: null })).includes('clusters'));
});

test('recordings shorter than a window are left out with a finding; too few groups are refused', () => {
  const set = toySet({ groups: 6 });
  const cut = { ...set.recordings[5], length: 5, channels: new Float32Array(10), labels: new Int32Array(5) };
  const windows = makeWindows({ ...set, recordings: [...set.recordings.slice(0, 5), cut] }, { window: 8 });
  const plan = planRepresentation(windows, choicesOf());
  assert.ok(plan.findings.some(({ kind, detail }) => kind === 'short-recording' && /r5 first/.test(detail)));
  assert.equal(plan.data.windows.groupNames.length, 5);
  refused(() => planRepresentation(toyWindows({ groups: 2 }), choicesOf()), /at least 3 are needed/);
});

test('one trial alone keeps what a timeline needs, of each arm', () => {
  const { trials } = planOf();
  const kept = trials.filter(({ settings }) => settings.timeline);
  assert.deepEqual(
    kept.map(({ training, fold }) => [training, fold.repeat, fold.fold]),
    [
      ['info-nce', 0, 0],
      ['emargin', 0, 0],
    ],
  );
});

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { stream } from '../../src/array/random.ts';
import { type PilotOptions, pilot } from '../../src/pilot/pilot.ts';
import { defaultChoices, planArms } from '../../src/pilot/plan.ts';
import { type Classification, result as schema } from '../../src/pilot/result.ts';
import { difference } from '../../src/pilot/statistics/difference.ts';
import { ablationComparisons, armChoices, type VariantOptions, variantsOf } from '../../src/pilot/variants.ts';
import { reportHtml } from '../../src/report/index.ts';

const armsOf = (options: VariantOptions & { candidate?: string; references?: string[] }) => {
  const { candidate, references } = armChoices(options, variantsOf(options));
  const { baseline } = defaultChoices;
  const choices = { baseline, candidate: candidate ?? defaultChoices.candidate, references: references ?? [] };
  return planArms(choices).map(({ spec, role }) => [spec.name, role]);
};

const references = (...names: string[]) => names.map((name) => [name, 'reference']);

test('--ablate: the whole is the candidate, its variants stand in place of the usual references', () => {
  assert.deepEqual(armsOf({ ablate: 'allnc' }), [
    ['cross-entropy', 'baseline'],
    ['allnc', 'candidate'],
    ...references(
      'allnc:floor=1:hycon=0:p2p=0',
      'allnc:hycon=0:p2p=0',
      'allnc:floor=1:p2p=0',
      'allnc:floor=1:hycon=0',
      'allnc:floor=1',
      'allnc:hycon=0',
      'allnc:p2p=0',
    ),
  ]);
  // With a candidate of its own the whole is a reference; named references come first; nothing stands twice.
  assert.deepEqual(armsOf({ ablate: 'allnc:hycon=0', candidate: 'focal', references: ['allnc:hycon=0:p2p=0'] }), [
    ['cross-entropy', 'baseline'],
    ['focal', 'candidate'],
    ...references('allnc:hycon=0:p2p=0', 'allnc:floor=1:hycon=0:p2p=0', 'allnc:floor=1:hycon=0', 'allnc:hycon=0'),
  ]);
});

test('--sweep: every combination, the last setting fastest; the default is the candidate once', () => {
  const sweep = ['allnc.hycon=0,1', 'allnc.floor=0.5,1'];
  assert.deepEqual(armsOf({ sweep }), [
    ['cross-entropy', 'baseline'],
    ['allnc', 'candidate'],
    ...references('allnc:hycon=0', 'allnc:floor=1:hycon=0', 'allnc:floor=1'),
  ]);
  assert.deepEqual(variantsOf({ sweep }), {
    sweep: {
      method: 'allnc',
      axes: [
        { name: 'hycon', values: ['0', '1'] },
        { name: 'floor', values: ['0.5', '1'] },
      ],
      points: [
        { settings: { hycon: '0', floor: '0.5' }, method: 'allnc:hycon=0' },
        { settings: { hycon: '0', floor: '1' }, method: 'allnc:floor=1:hycon=0' },
        { settings: { hycon: '1', floor: '0.5' }, method: 'allnc' },
        { settings: { hycon: '1', floor: '1' }, method: 'allnc:floor=1' },
      ],
    },
  });
});

test('--sweep of a method with settings or a preset, and of words', () => {
  const methodsOf = (text: string) => variantsOf({ sweep: [text] }).sweep?.points.map(({ method }) => method);
  assert.deepEqual(methodsOf('allnc:floor=0.25.p2p=0,0.5'), ['allnc:floor=0.25:p2p=0', 'allnc:floor=0.25:p2p=0.5']);
  assert.deepEqual(methodsOf('allnc:preset=geometry.floor=0.5,1'), [
    'allnc:p2p=0.3:kind=blur',
    'allnc:floor=1:p2p=0.3:kind=blur',
  ]);
  assert.deepEqual(methodsOf('allnc.kind=dual,etf'), ['allnc', 'allnc:kind=etf']);
});

test('on pictures the variants are those of the form that suits pictures', () => {
  const { ablation, sweep } = variantsOf({ ablate: 'allnc', sweep: ['allnc.form=plain,predictive'] }, 'pictures');
  const arms = planArms(
    { ...defaultChoices, ...armChoices({ ablate: 'allnc' }, { ablation, sweep }) } as never,
    'pictures',
  );
  const names = new Set(arms.map(({ spec }) => spec.name));
  assert.deepEqual(
    [...Object.keys(ablation?.arms ?? {}), ...(sweep?.points ?? []).map(({ method }) => method)].filter(
      (name) => !names.has(name),
    ),
    [],
  );
  assert.equal(ablation?.method, arms[1].spec.name);
});

test('wrong names, values and forms: one line, before anything is read', async () => {
  const wrong: [VariantOptions, RegExp][] = [
    [{ ablate: 'focal' }, /^--ablate: method "focal" has no parts/],
    [{ ablate: 'allcn' }, /"allcn" is not known.*did you mean "allnc"/],
    [{ sweep: ['hycon=0,1'] }, /^--sweep: "hycon=0,1" is not of the form method\.setting=value,value/],
    [{ sweep: ['allnc.hycno=0,1'] }, /no setting "hycno".*did you mean "hycon"/],
    [{ sweep: ['alnc.hycon=0,1'] }, /"alnc" is not known.*did you mean "allnc"/],
    [{ sweep: ['allnc.hycon=0,11'] }, /hycon must be 0 to 10, got "11"/],
    [{ sweep: ['allnc.kind=dual,round'] }, /kind must be one of dual, etf, blur, got "round"/],
    [{ sweep: ['allnc.hycon=0..1'] }, /^--sweep: .* is a range/],
    [{ sweep: ['allnc.hycon=0'] }, /names one value; name at least two/],
    [{ sweep: ['allnc.hycon=0.1,0.10'] }, /^--sweep: 0\.1 and 0\.10 are the same setting/],
    [{ sweep: ['allnc.hycon=0,1', 'allnc.hycon=2,3'] }, /"hycon" is named twice/],
    [{ sweep: ['allnc.hycon=0,1', 'focal.gamma=1,2'] }, /one method form a grid, got "allnc" and "focal"/],
    [{ sweep: ['allnc.hycon=0,1', 'allnc.p2p=0,1', 'allnc.floor=0,1'] }, /at most two settings/],
    [
      { sweep: ['allnc.hycon=0,1,2,3,4,5,6', 'allnc.floor=0,0.2,0.4,0.6,0.8,1'] },
      /^--sweep: 42 settings of allnc are too many; name at most 36/,
    ],
  ];
  for (const [options, message] of wrong)
    await assert.rejects(
      pilot({ files: ['/nowhere/at-all.csv'], out: '/nowhere/out', ...options }),
      (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
      JSON.stringify(options),
    );
});

/** 60 rows of two classes, 45 and 15. */
function table(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-variants-'));
  const random = stream(4, 'variants');
  const lines = Array.from({ length: 60 }, (_, i) => {
    const worn = i % 4 === 0;
    return `${(random.normal() + (worn ? 1.5 : 0)).toFixed(3)},${random.normal().toFixed(3)},${worn ? 'worn' : 'good'}`;
  });
  writeFileSync(join(folder, 'parts.csv'), `force,heat,state\n${lines.join('\n')}\n`);
  return folder;
}

const tiny = (folder: string): Omit<PilotOptions, 'out'> => ({
  files: [join(folder, 'parts.csv')],
  label: ['state'],
  folds: 2,
  repeats: 2,
  steps: 20,
  workers: 2,
});

test('a pilot with --ablate and --sweep: arms, design, comparisons with the base, report', async () => {
  const folder = table();
  const out = join(folder, 'out');
  // Two parts, so that few arms need be trained.
  const found = await pilot({ ...tiny(folder), ablate: 'allnc:hycon=0', sweep: ['allnc.p2p=0.1,0.3'], out });
  const base = 'allnc:floor=1:hycon=0:p2p=0';
  assert.deepEqual(
    found.arms.slice(1).map(({ method, role, simplicity }) => [method, role, simplicity - found.arms[1].simplicity]),
    [
      ['allnc:hycon=0', 'candidate', 0],
      // Fewer parts are simpler; what was only swept comes last.
      [base, 'reference', -2],
      ['allnc:hycon=0:p2p=0', 'reference', -1],
      ['allnc:floor=1:hycon=0', 'reference', -1],
      ['allnc', 'reference', 1],
      ['allnc:p2p=0.3', 'reference', 1],
    ],
  );
  assert.deepEqual(found.design.ablation, variantsOf({ ablate: 'allnc:hycon=0' }).ablation);
  assert.deepEqual(found.design.sweep, variantsOf({ sweep: ['allnc.p2p=0.1,0.3'] }).sweep);
  assert.match(found.design.command, /--candidate allnc:hycon=0 --ablate allnc:hycon=0 --sweep allnc\.p2p=0\.1,0\.3 /);
  assert.deepEqual(schema.parse(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))), found);

  const beside = found.comparisons.filter(
    ({ method, against }) => against !== 'cross-entropy' && method !== 'allnc:hycon=0',
  );
  assert.deepEqual(
    beside.map(({ method, against, metric, role }) => [method, against, metric, role]),
    ['allnc:hycon=0:p2p=0', 'allnc:floor=1:hycon=0'].map((method) => [method, base, 'macro-recall', 'shown']),
  );
  const recall = (name: string) => found.arms.find(({ method }) => method === name)?.metrics['macro-recall'].value ?? 0;
  for (const { method, difference: own, interval } of beside) {
    assert.ok(Math.abs((own ?? 9) - (recall(method) - recall(base))) < 1e-12);
    assert.ok(interval && interval[0] <= (own ?? 9) && interval[1] >= (own ?? -9));
  }
  const page = reportHtml(found);
  assert.match(page, /id="parts"/);
  assert.match(page, /id="settings"/);

  // The verdict alone: the same answers, and no model is trained for use.
  rmSync(join(out, 'models'), { recursive: true });
  const alone = await pilot({
    ...tiny(folder),
    ablate: 'allnc:hycon=0',
    sweep: ['allnc.p2p=0.1,0.3'],
    out,
    resume: true,
    models: false,
  });
  assert.ok(!existsSync(join(out, 'models')));
  assert.deepEqual(alone.comparisons, found.comparisons);
  const sizes = (result: Classification) => result.arms.map(({ cost }) => cost.modelBytes !== null);
  assert.deepEqual([sizes(found).includes(true), sizes(alone).includes(true)], [true, false]);
});

test('the comparisons of an ablation are the paired differences; known pairs are not asked again', () => {
  const labels = Int32Array.from({ length: 80 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const answers = (seed: number, skill: number) => {
    const random = stream(seed, 'answers');
    const repeats = Array.from({ length: 6 }, () =>
      Int32Array.from(labels, (label) => (random.uniform() < skill ? label : 1 - label)),
    );
    return { classes: 2, labels, repeats };
  };
  const { ablation } = variantsOf({ ablate: 'allnc' });
  const names = ['cross-entropy', ...Object.keys(ablation?.arms ?? {})];
  const arms = names.map((method, i) => ({
    method,
    role: i === 0 ? ('baseline' as const) : ('reference' as const),
    simplicity: i,
    predictions: answers(i, 0.6 + 0.03 * i),
  }));
  const settings = { arms, classes: ['good', 'worn'], criteria: [{ metric: 'macro-f1', margin: 0.01 }], guards: [] };
  const all = ablationComparisons(ablation, settings, []);
  // Seven arms against the base, and the whole without each part: three pairs.
  assert.equal(all.length, 7 + 3);
  for (const { method, against, difference: own, interval } of all) {
    const of = (name: string) => arms.find((arm) => arm.method === name)!.predictions;
    const expected = difference('macro-f1', of(against), of(method));
    assert.deepEqual([own, interval], [expected.value, expected.interval]);
  }
  const known = all.slice(0, 4);
  assert.deepEqual(ablationComparisons(ablation, settings, known), all.slice(4));
  assert.deepEqual(ablationComparisons(undefined, settings, []), []);
});

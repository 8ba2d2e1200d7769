import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { sequenceStarts } from '../../src/data/series/index.ts';
import { partsOf } from '../../src/evaluate/represent/parts.ts';
import { contrastiveLosses } from '../../src/losses/contrastive/index.ts';
import { parseRepresentation, representationMethods } from '../../src/methods/represent/index.ts';
import { macroF1 } from '../../src/metrics/classification/macro-f1.ts';
import { answers } from '../../src/probe/answers.ts';
import { logistic } from '../../src/probe/logistic.ts';
import type { TrainingState } from '../../src/train/checkpoint.ts';
import type { RepresentationPlan } from '../../src/train/represent/plan.ts';
import { type EncoderValues, RepresentationTrainer } from '../../src/train/represent/trainer.ts';
import { foldOf, small, spectrum, toyWindows } from '../evaluate/represent/toy.ts';

const windows = toyWindows();
const fold = foldOf(windows, [3], [4, 5]);
const { train, test: held, preprocessing } = partsOf({ windows, features: spectrum, clusters: 3 }, fold);
const { shape } = preprocessing;
const rows = { x: train.x, labels: train.labels, starts: sequenceStarts(windows, train.rows, 10) };
const trainer = new RepresentationTrainer();
const planOf = (method: string): RepresentationPlan => ({
  ...small(method),
  shape,
  classes: 3,
  ...(parseRepresentation(method).method.thresholds ? { threshold: 'q10' } : {}),
});
const trained = representationMethods.filter(({ embeds }) => embeds === 'trained').map(({ name }) => name);
const variants = [...trained, 'emargin:distance=rms:margin=1', 'emargin-official-single:threshold=live'];

async function probeF1(plan: RepresentationPlan, net: EncoderValues): Promise<number> {
  const own = await trainer.embed(plan, net, train.x, train.runs);
  const other = await trainer.embed(plan, net, held.x, held.runs);
  assert.ok(own.embeddings.every(Number.isFinite));
  const fitted = await logistic.fit(own.embeddings, own.width, train.labels, 3, { strengths: [1e-2] });
  const predictions = answers(await logistic.scores(fitted, other.embeddings), 3);
  return macroF1.compute({ classes: 3, labels: held.labels, predictions }).value ?? 0;
}

for (const name of variants) {
  test(`${name}: its loss falls, a probe tells the states, same seed same bits, resumed the same bits`, async () => {
    const plan = planOf(name);
    const losses: number[] = [];
    let state: TrainingState | undefined;
    const net = await trainer.train(plan, rows, {
      seed: 1,
      checkpointEvery: 15,
      onCheckpoint: (found) => {
        state ??= found;
      },
      onStep: (event) => losses.push(Object.values(event.losses).reduce((a, b) => a + b, 0)),
    });
    assert.ok(losses[losses.length - 1] < losses[0], `${losses}`);
    const f1 = await probeF1(plan, net);
    assert.ok(f1 > 0.6, `macro F1 ${f1}, a constant answer has 0.17, chance 0.33`);
    assert.equal(state?.step, 15);
    const same = async (options: object) => {
      const { parameters, buffers } = await trainer.train(plan, rows, { seed: 1, ...options });
      assert.deepEqual(parameters, net.parameters);
      assert.deepEqual(buffers, net.buffers);
    };
    await same({});
    await same({ resume: state });
    assert.notDeepEqual((await trainer.train(plan, rows, { seed: 2 })).parameters, net.parameters);
    assert.notDeepEqual((await trainer.train(plan, rows, { seed: 1, trial: [1] })).parameters, net.parameters);
    await assert.rejects(trainer.train(plan, rows, { seed: 2, resume: state }), InputError);
  });
}

test('every loss is a method, controls before them and the bound last', () => {
  const names = representationMethods.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ['raw', 'untrained', 'minirocket']);
  assert.equal(names.at(-1), 'supervised');
  for (const { name } of contrastiveLosses) assert.equal(names.filter((own) => own === name).length, 1, name);
  assert.equal(names.length, contrastiveLosses.length + 4);
  assert.ok(names.indexOf('info-nce') < names.indexOf('emargin'));
  assert.deepEqual(
    representationMethods.filter(({ usesLabels }) => usesLabels).map(({ name }) => name),
    ['supervised'],
  );
});

test('what is not trained has no objective, what has two views has distortions', () => {
  for (const { name, embeds, objective, views, settings, thresholds } of representationMethods) {
    assert.equal(objective !== undefined, embeds === 'trained', name);
    for (const own of ['jitter', 'scale', 'mask']) assert.equal(own in settings, views === 2, `${name}: ${own}`);
    // The official forms have a threshold of their own kind, two words of their loss.
    if (thresholds) assert.ok('must' in settings.threshold, name);
  }
  assert.deepEqual(
    representationMethods
      .filter(({ views }) => views === 2)
      .map(({ name }) => name)
      .sort(),
    ['barlow-twins', 'hierarchical', 'nt-xent', 'vicreg'],
  );
});

const refused = (text: string, message: RegExp) =>
  assert.throws(
    () => parseRepresentation(text),
    (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
    text,
  );
const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

for (const { name, settings } of representationMethods) {
  test(`${name}: its settings within their bounds, refused beyond, unknown ones refused`, () => {
    for (const [key, rule] of Object.entries(settings)) {
      if ('min' in rule) {
        for (const value of [rule.min, rule.max, rule.default])
          assert.equal(parseRepresentation(`${name}:${key}=${value}`).settings[key], value);
        for (const value of [rule.min - 1e-3, rule.max + 1e-3, 'much', 'NaN'])
          refused(
            `${name}:${key}=${value}`,
            new RegExp(literal(`method "${name}": ${key} must be ${rule.min} to ${rule.max}, got "${value}"`)),
          );
      } else {
        const allowed = 'words' in rule ? rule.words : ['auto', 'off', 'otsu', 'q1', 'q99', '-1', '0.25', '1'];
        for (const word of allowed) assert.equal(parseRepresentation(`${name}:${key}=${word}`).settings[key], word);
        for (const word of ['sideways', 'q0', 'q100', '1.5'])
          refused(`${name}:${key}=${word}`, new RegExp(literal(`method "${name}": ${key} must be `)));
      }
      // At its default it is not part of the name: one training, one name.
      assert.equal(parseRepresentation(`${name}:${key}=${rule.default}`).name, name);
      refused(`${name}:${key}`, /is not of the form setting=value/);
      refused(`${name}:${key}=`, /is not of the form setting=value/);
    }
    refused(`${name}:nothing-such=1`, new RegExp(`method "${name}" has no setting "nothing-such".*it has`));
  });
}

test('an unknown method names those that there are and the nearest', () => {
  refused('emargn', /method "emargn" is not known; there are: raw, .*did you mean "emargin"/);
  refused('', /is not known/);
});

test('settings in the name: in the order of the method, numbers as numbers', () => {
  const { name, settings } = parseRepresentation(' emargin:threshold=q30:margin=0.30 ');
  assert.equal(name, 'emargin:margin=0.3:threshold=q30');
  assert.deepEqual(settings, { distance: 'cos', margin: 0.3, threshold: 'q30' });
});

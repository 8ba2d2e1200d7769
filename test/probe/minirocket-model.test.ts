import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float32 } from '../../src/array/array.ts';
import { stream } from '../../src/array/random.ts';
import { fitMiniRocket, miniRocketFeatures } from '../../src/probe/minirocket.ts';
import { exportMiniRocket } from '../../src/probe/minirocket-model.ts';
import { ridge } from '../../src/probe/ridge.ts';
import { feed, loadModel, read } from '../../src/runtime/session.ts';

/** Noisy sines, a frequency a class. */
function waves(labels: readonly number[]) {
  const random = stream(1, 'waves');
  const values = labels.flatMap((label) => {
    const shift = 6 * random.uniform();
    return Array.from({ length: 60 }, (_, t) => Math.sin((0.2 + 0.15 * label) * t + shift) + 0.3 * random.normal());
  });
  return float32([labels.length, 1, 60], values);
}

for (const classes of [
  ['slow', 'fast'],
  ['slow', 'middle', 'fast', 'never seen'],
])
  test(`MiniRocket and ridge in one file, ${classes.length} classes: the scores of both in turn`, async () => {
    const kinds = Math.min(3, classes.length);
    const labels = Array.from({ length: 30 }, (_, i) => i % kinds);
    const series = waves(labels);
    const fitted = await fitMiniRocket(series, 3, { features: 500 });
    const features = await miniRocketFeatures(series, fitted);
    const width = features.shape[1];
    const classifier = await ridge.fit(features.data, width, Int32Array.from(labels), classes.length);
    const expected = await ridge.scores(classifier, features.data);
    const model = await loadModel<'scores'>(exportMiniRocket(fitted, classifier, classes));
    const scores = read((await model.run({ series: feed(series) })).scores, 'float32');
    assert.equal(scores.length, expected.length);
    expected.forEach((value, i) => {
      assert.ok(Math.abs(scores[i] - value) <= 1e-4 * Math.max(1, Math.abs(value)), `${i}: ${scores[i]}, not ${value}`);
    });
    labels.forEach((label, i) => {
      const row = [...scores.subarray(i * classes.length, (i + 1) * classes.length)];
      assert.equal(row.indexOf(Math.max(...row)), label, `series ${i}`);
    });
  });

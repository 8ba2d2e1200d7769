import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../src/array/random.ts';
import { classSampled, mixShares, plainBatches } from '../../src/data/samplers.ts';
import { times } from './helpers.ts';

test('plain batches: each epoch holds every item once, batches run over its end', () => {
  for (const [rows, batch, steps] of [
    [10, 3, 20],
    [7, 7, 4],
    [5, 12, 6],
    [1, 4, 2],
    [100, 8, 5],
  ]) {
    const drawn = plainBatches(rows, batch, steps, stream(1, 'batches'));
    assert.equal(drawn.length, steps * batch);
    for (let at = 0; at < drawn.length; at += rows) {
      const epoch = drawn.subarray(at, at + rows);
      assert.equal(new Set(epoch).size, epoch.length);
      assert.ok(epoch.every((place) => place >= 0 && place < rows));
    }
  }
  const two = plainBatches(50, 50, 2, stream(1, 'batches'));
  assert.notDeepEqual(two.subarray(0, 50), two.subarray(50));
  assert.deepEqual(plainBatches(50, 50, 2, stream(1, 'batches')), two);
  // More steps don't move the first.
  assert.deepEqual(
    plainBatches(50, 8, 30, stream(1, 'batches')).subarray(0, 80),
    plainBatches(50, 8, 10, stream(1, 'batches')),
  );
});

test("shares of mixup: mean 1/2 and variance 1 / (4 (2 alpha + 1)) of Beta(alpha, alpha), the seed's", () => {
  for (const alpha of [0.05, 0.2, 1, 2]) {
    const shares = mixShares(alpha, 20000, stream(1, 'mix', alpha));
    assert.ok(shares.every((s) => s >= 0 && s <= 1));
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    const variance = shares.reduce((sum, s) => sum + (s - 0.5) ** 2, 0) / shares.length;
    const wanted = 1 / (4 * (2 * alpha + 1));
    // Four standard errors; the fourth moment of a distribution on [0, 1] about 1/2 is at most its variance / 4.
    assert.ok(Math.abs(mean - 0.5) < 4 * Math.sqrt(wanted / 20000), `mean ${mean}`);
    assert.ok(Math.abs(variance - wanted) < 4 * Math.sqrt(wanted / 4 / 20000), `variance ${variance}, not ${wanted}`);
    assert.deepEqual(mixShares(alpha, 3, stream(1, 'mix', alpha)), shares.slice(0, 3));
  }
  assert.throws(() => mixShares(3, 1, stream(1, 'mix')), /alpha must be in \(0, 2\], got 3/);
});

/** Chi-square of counts against expected ones. */
const chiSquare = (counts: number[], expected: number[]) =>
  counts.reduce((sum, n, i) => sum + (n - expected[i]) ** 2 / expected[i], 0);

test('class sampling: p = a pi + (1 - a) / C, uniform within a class; a class without items is never drawn', () => {
  // 90 items of class 0, 8 of class 1, none of class 2, 2 of class 3.
  const labels = Int32Array.from(times(100, (i) => (i % 50 === 7 ? 3 : i % 12 === 5 && i < 96 ? 1 : 0)));
  const n = [0, 1, 2, 3].map((c) => labels.filter((label) => label === c).length);
  assert.deepEqual(n, [90, 8, 0, 2]);
  const draws = 60_000;
  for (const a of [0, 0.5, 1]) {
    const drawn = classSampled(labels, 4, 60, draws / 60, stream(2, 'batches', a), () => a);
    const p = [0, 1, 3].map((c) => (a * n[c]) / 100 + (1 - a) / 3);
    const counts = [0, 1, 3].map((c) => drawn.reduce((sum, place) => sum + (labels[place] === c ? 1 : 0), 0));
    assert.equal(
      counts.reduce((x, y) => x + y),
      draws,
    );
    // 99.9 % point of chi-square with 2 degrees of freedom is 13.8, with 89 it is 136.
    assert.ok(
      chiSquare(
        counts,
        p.map((share) => share * draws),
      ) < 13.8,
      `alpha ${a}: ${counts}`,
    );
    const items = new Array<number>(100).fill(0);
    for (const place of drawn) items[place]++;
    const zero = items.filter((_, i) => labels[i] === 0);
    assert.ok(
      chiSquare(
        zero,
        zero.map(() => counts[0] / 90),
      ) < 136,
      `alpha ${a}, within class 0`,
    );
  }
});

test('class sampling: alpha is asked step by step, and the stream is repeatable', () => {
  const labels = Int32Array.from(times(1000, (i) => (i < 990 ? 0 : 1)));
  const asked: number[] = [];
  const schedule = (step: number) => {
    asked.push(step);
    return step < 100 ? 1 : 0;
  };
  const draw = () => classSampled(labels, 2, 32, 200, stream(3, 'batches'), schedule);
  const drawn = draw();
  assert.deepEqual(
    asked,
    times(200, (i) => i),
  );
  const rare = (from: number, to: number) =>
    drawn.subarray(from * 32, to * 32).filter((place) => labels[place] === 1).length;
  // 3,200 draws each: expected 32 and 1,600; 5 sigma.
  assert.ok(Math.abs(rare(0, 100) - 32) < 5 * Math.sqrt(32 * 0.99), `${rare(0, 100)}`);
  assert.ok(Math.abs(rare(100, 200) - 1600) < 5 * Math.sqrt(800), `${rare(100, 200)}`);
  assert.deepEqual(draw(), drawn);
});

test('sizes, labels and alphas out of range are named', () => {
  const random = stream(1, 'x');
  const labels = Int32Array.of(0, 1);
  assert.throws(() => plainBatches(0, 4, 1, random), /rows must be a whole number >= 1, got 0/);
  assert.throws(() => plainBatches(3, 1.5, 1, random), /batch .* got 1.5/);
  assert.throws(() => classSampled(labels, 1, 4, 1, random, () => 1), /labels\[1\] must be in 0\.\.0, got 1/);
  assert.throws(() => classSampled(labels, 2, 4, 1, random, () => 1.1), /alpha\(0\) .* got 1.1/);
  assert.equal(plainBatches(3, 4, 0, random).length, 0);
});

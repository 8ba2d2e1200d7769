import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  betaQuantile,
  chiSquareQuantile,
  normalCdf,
  normalQuantile,
  tQuantile,
  twoSidedZ,
} from '../../../src/pilot/statistics/distributions.ts';

const reference = JSON.parse(
  readFileSync(new URL('./reference/distributions.json', import.meta.url), 'utf8'),
) as Record<'beta' | 't' | 'normal' | 'cdf' | 'chiSquare', number[][]>;

const close = (actual: number, expected: number, relative: number, label: string) =>
  assert.ok(
    Math.abs(actual - expected) <= relative * Math.abs(expected) + 1e-15,
    `${label}: ${actual}, scipy ${expected}`,
  );

test('beta quantiles agree with scipy', () => {
  for (const [p, a, b, expected] of reference.beta) close(betaQuantile(p, a, b), expected, 1e-8, `beta ${p} ${a} ${b}`);
});

test('t quantiles agree with scipy, whole and fractional degrees of freedom', () => {
  for (const [p, nu, expected] of reference.t)
    if (p !== 0.5) close(tQuantile(p, nu), expected, 1e-9, `t ${p} ${nu}`);
    else assert.equal(tQuantile(p, nu), 0);
  assert.equal(tQuantile(0.975, Number.POSITIVE_INFINITY), normalQuantile(0.975));
});

test('normal and chi-square agree with scipy', () => {
  for (const [p, expected] of reference.normal) if (p !== 0.5) close(normalQuantile(p), expected, 1e-12, `normal ${p}`);
  for (const [x, expected] of reference.cdf) close(normalCdf(x), expected, 1e-10, `cdf ${x}`);
  for (const [p, nu, expected] of reference.chiSquare)
    close(chiSquareQuantile(p, nu), expected, 1e-9, `chi2 ${p} ${nu}`);
  assert.ok(Math.abs(twoSidedZ(0.05) - 1.959964) < 1e-6);
});

test('quantiles that underflow are 0 or 1, not an error', () => {
  assert.equal(betaQuantile(0.025, 1e-5, 5), 0);
  assert.equal(betaQuantile(0.975, 5, 1e-5), 1);
  for (let a = 1e-4; a < 1; a *= 1.3)
    for (const b of [0.5, 1, 30, 1e4]) {
      const low = betaQuantile(0.025, a, b);
      const high = betaQuantile(0.975, b, a);
      assert.ok(low >= 0 && low < 1 && high > 0 && high <= 1, `${a} ${b}: ${low} ${high}`);
    }
});

test('arguments out of range name the place and the value', () => {
  assert.throws(() => normalQuantile(0), /normalQuantile: p must lie in \(0, 1\), got 0/);
  assert.throws(() => betaQuantile(0.5, 0, 1), /betaQuantile: a and b must be > 0, got 0 and 1/);
  assert.throws(() => tQuantile(0.9, -1), /got -1/);
});

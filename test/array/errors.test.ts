import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../src/array/errors.ts';

test('nearest: two neighbouring letters swapped is one slip, not two', () => {
  assert.equal(nearest('fautl', ['pressure', 'auto', 'fault']), 'fault');
});

test('nearest: one letter more, less or other; case does not count; nothing near gives nothing', () => {
  for (const slip of ['stat', 'stateX', 'stxte', 'STATE']) assert.equal(nearest(slip, ['force', 'state']), 'state');
  assert.equal(nearest('temperature', ['force', 'state']), undefined);
  assert.equal(nearest('x', []), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMethod, suited } from '../../src/methods/index.ts';

const settings = (text: string) => parseMethod(suited(text, 'pictures')).settings;

test('AllNC on pictures has the predictive HyCon and no P2P, unless another form is named', () => {
  assert.equal(parseMethod(suited('allnc', 'pictures')).name, parseMethod('allnc:preset=predictive:p2p=0').name);
  assert.deepEqual([settings('allnc:floor=1').form, settings('allnc:floor=1').hycon], ['predictive', 0.5]);
  assert.deepEqual([settings('allnc:hycon=0.3').hycon, settings('allnc:p2p=0.1').p2p], [0.3, 0.1]);
  for (const text of ['allnc:form=plain', 'allnc:preset=geometry', 'allnc:hycon=0', 'balanced-softmax'])
    assert.equal(suited(text, 'pictures'), text);
});

test('on tables and series a method is what its text says', () => {
  for (const kind of ['table', 'series'] as const) assert.equal(suited('allnc', kind), 'allnc');
});

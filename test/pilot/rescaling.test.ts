import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMethod } from '../../src/methods/index.ts';
import { operatingPoints } from '../../src/pilot/outcomes.ts';
import { defaultChoices } from '../../src/pilot/plan.ts';

const classes = ['many', 'few'];
const choose = operatingPoints({ choices: { ...defaultChoices, guards: [] }, trained: [] }, classes);
const arm = (text: string) => ({ spec: parseMethod(text), role: 'reference', simplicity: 2 }) as const;
const head = { lengths: [4, 1], bias: [0, 0] };

test('a post-hoc step is chosen on validation rows: the first of the best', () => {
  // Logits by |W| = 4 and 1. With tau 0.5 the first is halved: row 1 goes over to "few" from 1.2 / 4^tau < 1, tau 0.2 on.
  // Row 2 belongs to "many" and is lost from 1.9 / 4^tau < 1, tau 0.5 on.
  const judged = {
    logits: Float32Array.from([4, 1, 1.2, 1, 1.9, 1]),
    labels: Int32Array.from([0, 1, 0]),
    counts: [9, 1],
  };
  const step = choose.rescaling(arm('tau-norm'), head, judged);
  assert.equal(step?.scale[0], 4 ** -0.2);
  assert.deepEqual(choose.rescaling(arm('tau-norm:tau=1'), head, judged)?.scale, [0.25, 1]);
  assert.equal(choose.rescaling(arm('cross-entropy'), head, judged), undefined);
});

test('without validation rows the logits stay as they are, less the bias', () => {
  const none = { logits: new Float32Array(), labels: new Int32Array(), counts: [9, 1] };
  assert.deepEqual(choose.rescaling(arm('tau-norm'), head, none)?.scale, [1, 1]);
});

/** A small pilot from a program: `node --conditions=evenhand-source examples/pilot.ts` in a checkout. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pilot } from 'evenhand';

const out = mkdtempSync(join(tmpdir(), 'evenhand-example-'));
const result = await pilot({
  files: [new URL('../data/ai4i2020/ai4i2020.csv', import.meta.url).pathname],
  label: ['TWF', 'HDF', 'PWF', 'OSF'],
  references: ['logit-adjustment'],
  folds: 2,
  repeats: 1,
  steps: 200,
  out,
});
console.log(`${result.verdict.candidate} against ${result.verdict.baseline}: ${result.verdict.outcome}`);
for (const arm of result.arms) console.log(arm.method, arm.metrics['macro-recall'].value?.toFixed(3));

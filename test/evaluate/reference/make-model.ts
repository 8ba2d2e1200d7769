/**
 * Writes model.onnx and rows.json, on which probabilities.py runs Python's onnxruntime:
 *
 *   node test/evaluate/reference/make-model.ts
 *   pip install onnxruntime numpy && python test/evaluate/reference/probabilities.py
 */
import { writeFileSync } from 'node:fs';
import { exportModel, rawInputs } from '../../../src/evaluate/export.ts';
import { completePlan, fit } from '../../../src/evaluate/trial.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { mixedTable, ofTable, smallSettings, split, tableData } from '../tables.ts';

const { inputs, labels, classes } = mixedTable();
const data = tableData(inputs, labels, classes.length);
const settings = smallSettings('allnc');
const fitted = await fit(new Trainer(), data, split(labels.length), settings);
const plan = completePlan(settings.plan, fitted.fitted, classes.length);
writeFileSync(
  new URL('model.onnx', import.meta.url),
  exportModel({ ...fitted, preprocessing: ofTable(fitted), plan }, classes, 0.3),
);
const rows = Array.from({ length: 30 }, (_, i) => 3 * i);
const raw = Object.entries(rawInputs(ofTable(fitted), inputs, rows)).map(([name, { dtype, data: values }]) => ({
  name,
  dtype,
  values: Array.from(values as ArrayLike<unknown>, (v) => (Number.isNaN(v) ? null : v)),
}));
writeFileSync(new URL('rows.json', import.meta.url), `${JSON.stringify({ rows, raw })}\n`);

import { array, float32 } from '../../../src/array/array.ts';
import type { Preprocessing } from '../../../src/data/dataset.ts';
import { exportModel } from '../../../src/evaluate/export.ts';
import { constant, input, softmax } from '../../../src/graph/ops/index.ts';
import { type Variable, viewOf } from '../../../src/nn/variable.ts';
import { encodeModel } from '../../../src/onnx/encode.ts';
import { feed, loadModel, type Program, read } from '../../../src/runtime/session.ts';
import { forward, netOf } from '../../../src/train/graphs.ts';
import { readProblem } from '../problems/file.ts';
import { planOf, type TableProblem } from '../problems/table.ts';
import { serve } from '../serve.ts';

/** Rows a round, one call each. */
const CALLS = 2000;
/** Raw numbers are 5 + 2 times the prepared ones. */
const [MEAN, SCALE] = [5, 2];

const [path, raw] = process.argv.slice(2);
const problem = readProblem<TableProblem>(path);
const plan = planOf(problem.steps);
const { inputs, classes, parameters, buffers } = problem;
const model = raw ? exported() : bareNet();
const ask = raw ? askRaw : askPrepared;
const [one, two] = [await loadModel<'probabilities'>(model), await loadModel<'probabilities'>(model, { threads: 2 })];

await serve({
  [`${raw ? 'exported file' : 'ONNX net'}, 1 thread`]: () => round(one),
  [`${raw ? 'exported file' : 'ONNX net'}, 2 threads`]: () => round(two),
});

async function round(program: Program<'probabilities'>) {
  const step = raw ? { of: SCALE, plus: MEAN } : { of: 1, plus: 0 };
  const values = Float64Array.from(problem.x.slice(0, CALLS * inputs), (v) => step.of * v + step.plus);
  const rows = Array.from({ length: CALLS }, (_, i) => values.slice(i * inputs, (i + 1) * inputs));
  const given = raw ? rows : rows.map((row) => Float32Array.from(row));
  let last = new Float32Array();
  const started = performance.now();
  for (const row of given) last = await ask(program, row);
  return { value: (1000 * (performance.now() - started)) / CALLS, check: [...last] };
}

async function askPrepared(program: Program<'probabilities'>, row: Float32Array | Float64Array) {
  const result = await program.run({ x: feed(float32([1, inputs], row as Float32Array)) }, { probabilities: null });
  return read(result.probabilities, 'float32') as Float32Array<ArrayBuffer>;
}

async function askRaw(program: Program<'probabilities'>, row: Float32Array | Float64Array) {
  const feeds = Object.fromEntries(
    Array.from(row, (value, i) => [`column${i}`, feed(array('float64', [1, 1], Float64Array.of(value)))]),
  );
  const result = await program.run(feeds, { probabilities: null });
  return read(result.probabilities, 'float32') as Float32Array<ArrayBuffer>;
}

/** The net of an exported model, without the preprocessing in front: x [rows, inputs] to probabilities. */
function bareNet() {
  const net = netOf(plan);
  const constants = (variables: readonly Variable[], flat: Float32Array) =>
    variables.map((v) => [v, constant(float32(v.shape, viewOf(flat, variables, v.name)))] as const);
  const values = new Map([...constants(net.parameters, parameters), ...constants(net.buffers, buffers)]);
  return encodeModel({ probabilities: softmax(forward(net, input('x', ['rows', inputs]), values).logits) });
}

/** The file that a pilot leaves: raw columns go in. */
function exported() {
  const preprocessing: Preprocessing = {
    codings: Array.from({ length: inputs }, (_, i) => ({
      column: `column${i}`,
      kind: 'number',
      ...{ mean: MEAN, scale: SCALE, fill: MEAN, indicator: false },
    })),
    width: inputs,
  };
  const net = { parameters, buffers, counts: new Array<number>(classes).fill(1), keptAt: 0 };
  const names = Array.from({ length: classes }, (_, i) => `class${i}`);
  return exportModel({ plan, preprocessing, net }, names, 0);
}

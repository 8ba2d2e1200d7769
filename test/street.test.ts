import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/**
 * The street: every folder of src/ is a house, and imports point only towards lower numbers, through these doors
 * (a house that may be reached may also be reached through another that may).
 */
const may: Readonly<Record<string, readonly string[]>> = {
  array: [],
  graph: ['array'],
  onnx: ['graph'],
  runtime: ['onnx', 'array'],
  nn: ['graph'],
  losses: ['graph'],
  optim: ['graph'],
  data: ['array'],
  metrics: ['array', 'graph', 'runtime'],
  methods: ['losses', 'nn', 'optim', 'data'],
  probe: ['graph', 'runtime', 'array', 'optim', 'nn'],
  train: ['methods', 'runtime'],
  evaluate: ['train', 'metrics', 'probe'],
  pilot: ['evaluate'],
  report: ['pilot/result', 'pilot/sweep/result', 'metrics', 'runtime'],
  cli: ['report', 'pilot'],
};

/** Libraries that only one house may know. */
const guarded: Readonly<Record<string, readonly string[]>> = {
  '#onnxruntime': ['runtime'],
  'onnxruntime-node': ['runtime'],
  'onnxruntime-web': ['runtime'],
  'onnx-buf': ['onnx'],
  '@bufbuild/protobuf': ['onnx'],
  '@duckdb/node-api': ['data'],
  sharp: ['data'],
  '@observablehq/plot': ['report'],
  linkedom: ['report'],
  cephes: ['pilot'],
  commander: ['cli'],
};

function reachable(house: string, seen = new Set<string>()): Set<string> {
  for (const next of may[house] ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (!next.includes('/')) reachable(next, seen);
  }
  return seen;
}

const root = normalize(join(import.meta.dirname, '..'));
const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => file.split(/[\\/]/).length > 2);

/** @param loaded leaves out imports of types alone */
function importsOf(file: string, loaded = false): string[] {
  if (!file.endsWith('.ts')) return [];
  const whole = readFileSync(join(root, file), 'utf8');
  const text = loaded ? whole.replaceAll(/\b(?:import|export) type [^;]*;/g, '') : whole;
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
}

test('imports point down the street only', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const house = file.split(/[\\/]/)[1];
    assert.ok(house in may, `src/${house} is not a house of the street`);
    const allowed = reachable(house);
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) continue;
      const [, target, ...inside] = normalize(join(dirname(file), name)).split(/[\\/]/);
      const door = `${target}/${inside.join('/').replace('.ts', '')}`;
      if (target !== house && !allowed.has(target) && !allowed.has(door)) wrong.push(`${file} imports ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('libraries stay behind the one house that knows them', () => {
  const wrong: string[] = [];
  for (const file of files)
    for (const name of importsOf(file)) {
      const houses = guarded[name];
      if (houses && !houses.includes(file.split(/[\\/]/)[1])) wrong.push(`${file} imports ${name}`);
    }
  assert.deepEqual(wrong, []);
});

test('threads of a trial load no library that reads files', () => {
  const seen = new Set(['src/pilot/worker.ts']);
  // A set that grows while it is walked.
  for (const file of seen)
    for (const name of importsOf(file, true))
      seen.add(name.startsWith('.') ? normalize(join(dirname(file), name)) : `library ${name}`);
  assert.ok(seen.has('src/train/trainer.ts'));
  assert.deepEqual(
    ['@duckdb/node-api', 'sharp'].filter((name) => seen.has(`library ${name}`)),
    [],
  );
});

test('the rule sees imports at all', () => {
  assert.ok(importsOf('src/cli/main.ts').includes('commander'));
  assert.ok(files.length > 50);
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultPython, pythonWith } from '../../bench/python.ts';
import { parseAugmentation } from '../../src/data/items/augment-text.ts';
import { applyItems, fitItems } from '../../src/data/items/fit.ts';
import { makeFolds } from '../../src/data/splits.ts';
import { decide } from '../../src/evaluate/decide.ts';
import { runTrial, trialData } from '../../src/evaluate/trial.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { metrics } from '../../src/metrics/index.ts';
import { parseEncoder } from '../../src/nn/encoders/index.ts';
import { writeAtomic } from '../../src/pilot/files.ts';
import { trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { type Line, type Measured, onSameItems } from './beside-pytorch.ts';
import { parts } from './methods.ts';
import { readSet, sets } from './sets.ts';

/**
 * `npm run longtail:pytorch -- --data FOLDER` trains some of the study's methods here and in PyTorch (pytorch.py, written from
 * the formulas) on the same items, nets and steps, one after the other. Without early stopping on either side, and at gamma
 * 0, so that nothing but the training is compared. Resumable: what is in --out is not run again; the next `npm run longtail
 * -- --page` puts it on the page.
 */
const SIX = 'ai4i,steel-plates,ecg5000,mitdb-first-60,wm811k,fashion-lt';
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.' },
    sets: { type: 'string', default: SIX },
    seeds: { type: 'string', default: '3' },
    methods: { type: 'string', default: 'cross-entropy,class-weighted,oversampling,balanced-softmax,allnc' },
    python: { type: 'string', default: defaultPython },
    out: { type: 'string', default: join(import.meta.dirname, 'out/pytorch.json') },
    page: { type: 'boolean' },
  },
});

/** Ours for the peer's short names. */
const OURS: Readonly<Record<string, string>> = {
  gbbn: parts(0.5, 0, 0),
  hycon: parts(1, 1, 0),
  'gbbn+hycon': parts(0.5, 1, 0),
  allnc: parts(0.5, 1, 0.1),
};

const lines: Line[] = existsSync(values.out) ? JSON.parse(readFileSync(values.out, 'utf8')) : [];
if (!values.page) {
  const python = pythonWith(values.python, ['torch', 'numpy']);
  for (let seed = 0; seed < Number(values.seeds); seed++)
    for (const name of values.sets.split(',')) await compare(python, name, seed);
}
console.log(onSameItems(lines).join('\n'));

/** One training side and test part of a set, learnt by each method on both sides; what is in the file is not run again. */
async function compare(python: string, name: string, seed: number): Promise<void> {
  const set = sets(values.data)[name];
  if (!set) throw new RangeError(`--sets: no set "${name}"`);
  const wanted = values.methods
    .split(',')
    .filter((method) => !lines.some((line) => line.set === name && line.seed === seed && line.method === method));
  if (wanted.length === 0) return;
  const task = await readSet(set);
  const classes = task.classes.length;
  const fold = makeFolds(task, { folds: set.folds ?? 3, repeats: seed + 1, seed: 0, validation: 0.2 }).folds.find(
    (own) => own.repeat === seed,
  );
  if (!fold) throw new RangeError(`${name}: no division ${seed}`);
  // Neither side stops early, so that nothing but the training is compared.
  const train = Int32Array.from([...fold.train, ...fold.validation]).sort();
  const labels = Int32Array.from(fold.test, (row) => task.labels[row]);
  const told = (answers: Int32Array, seconds: number): Measured => {
    const value = (metric: string) =>
      metrics.find((own) => own.name === metric)?.compute({ classes, labels, predictions: answers }).value ?? 0;
    return { recall: value('macro-recall'), f1: value('macro-f1'), seconds };
  };

  const encoder = parseEncoder(set.encoder);
  const augment = set.augment === undefined ? undefined : parseAugmentation(set.augment, task, []);
  const data = trialData(task);
  const fitted = fitItems(data.items, train);
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-longtail-'));
  const file = (part: string, numbers: Float32Array | Uint8Array) => {
    const path = join(folder, part);
    writeFileSync(path, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    return path;
  };
  const spec = {
    x: file('x', applyItems(fitted, data.items, train)),
    y: file(
      'y',
      Uint8Array.from(train, (row) => task.labels[row]),
    ),
    testX: file('test', applyItems(fitted, data.items, fold.test)),
    shape: fitted.shape,
    classes,
    net: encoder.kind,
    steps: set.steps,
    batch: set.batch,
    shift: augment?.kind === 'pictures' ? (augment.settings.shift ?? 0) : 0,
    seed,
    methods: wanted,
  };
  const path = join(folder, 'spec.json');
  writeFileSync(path, JSON.stringify(spec));
  const { stdout, status } = spawnSync(python, [join(import.meta.dirname, 'pytorch.py'), path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`${name}: PyTorch ended with ${status}`);
  const theirs = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { method: string; seconds: number; answers: number[] });

  const { steps, batch } = set;
  const plan = { ...trainingDefaults, encoder, steps, batch, checks: 1, ...(augment && { augment }) };
  const trainer = new Trainer();
  for (const { method, seconds, answers } of theirs) {
    const outcome = await runTrial(
      trainer,
      data,
      { ...fold, train, validation: new Int32Array() },
      { plan: { ...plan, spec: parseMethod(OURS[method] ?? method) }, seed, stopOn: 'macro-recall' },
    );
    const line: Line = {
      set: name,
      seed,
      method,
      ours: told(decide(outcome.testLogits, outcome.trainCounts, 0), outcome.trainSeconds),
      pytorch: told(Int32Array.from(answers), seconds),
    };
    lines.push(line);
    const figures = ({ recall, f1, seconds: s }: Measured) =>
      `${(100 * recall).toFixed(1)} / ${(100 * f1).toFixed(1)} in ${s.toFixed(1)} s`;
    console.error(`${name} ${seed} ${method}: ours ${figures(line.ours)}, PyTorch ${figures(line.pytorch)}`);
    writeAtomic(values.out, JSON.stringify(lines));
  }
}

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from '../../src/array/median.ts';
import { stream } from '../../src/array/random.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { type EncoderSpec, parseEncoder } from '../../src/nn/encoders/index.ts';
import { runtimeVersion } from '../../src/runtime/session.ts';
import { type Rows, trainingDefaults } from '../../src/train/plan.ts';
import { Trainer } from '../../src/train/trainer.ts';

/** What a step of each method costs beside one of cross-entropy, by turns on one core: see ../README.md. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    only: { type: 'string' },
    methods: {
      type: 'string',
      default:
        'balanced-softmax,allnc,allnc:p2p=0,allnc:hycon=0,allnc:preset=geometry,allnc:preset=predictive,supcon-balanced',
    },
  },
});

interface Case {
  readonly name: string;
  readonly encoder: EncoderSpec;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly batch: number;
  readonly steps: number;
}

const usual = { classes: 5, batch: 128 };
const cases: readonly Case[] = [
  { name: 'table', encoder: trainingDefaults.encoder, shape: [8], ...usual, steps: 400 },
  { name: 'table at twice the rows', encoder: trainingDefaults.encoder, shape: [8], ...usual, batch: 256, steps: 250 },
  { name: 'series of 140', encoder: parseEncoder('resnet-1d'), shape: [1, 140], ...usual, batch: 64, steps: 15 },
  { name: 'pictures 32 x 32', encoder: parseEncoder('cnn-2d'), shape: [1, 32, 32], ...usual, classes: 10, steps: 30 },
];

const methods = ['cross-entropy', ...values.methods.split(',')];
console.log(
  `${cpus()[0].model}; Node ${process.versions.node}, onnxruntime ${runtimeVersion}; ${values.rounds} rounds`,
);
console.log('ms a step, and its ratio to cross-entropy in the same round: median (least to most)');
for (const own of cases.filter(({ name }) => !values.only || values.only.split(',').includes(name))) {
  console.log(`\n${own.name}: [${own.shape}], ${own.classes} classes, ${own.batch} rows a step`);
  const times = await measure(own);
  for (const method of methods) {
    const ratios = times[method].map((t, round) => t / times['cross-entropy'][round]).sort((a, b) => a - b);
    const range = `(${ratios[0].toFixed(2)} to ${ratios[ratios.length - 1].toFixed(2)})`;
    console.log(
      `  ${method.padEnd(28)} ${median(times[method]).toFixed(3).padStart(8)}  ${median(ratios).toFixed(2)} ${range}`,
    );
  }
}

/** Milliseconds a step of each method, one a round, after a round that warms up. */
async function measure({ name: _, ...own }: Case): Promise<Record<string, number[]>> {
  const trainer = new Trainer();
  const rows = longTail(own);
  const times: Record<string, number[]> = Object.fromEntries(methods.map((method) => [method, []]));
  for (let round = 0; round <= Number(values.rounds); round++)
    for (const method of methods) {
      const started = performance.now();
      await trainer.train({ ...trainingDefaults, ...own, spec: parseMethod(method) }, rows, { seed: round });
      if (round > 0) times[method].push((performance.now() - started) / own.steps);
    }
  return times;
}

/** 2,000 items of random numbers, each class half as large as the one before. */
function longTail({ shape, classes }: Pick<Case, 'shape' | 'classes'>): Rows {
  const random = stream(1, 'bench');
  const size = shape.reduce((n, m) => n * m, 1);
  return {
    x: Float32Array.from({ length: 2000 * size }, () => random.normal()),
    labels: Int32Array.from({ length: 2000 }, (_, i) => Math.min(classes - 1, Math.floor(-Math.log2((i + 1) / 2000)))),
  };
}

import { float32 } from '../../array/array.ts';
import { applySeries, fitSeries } from '../../data/series/features.ts';
import { effectiveRank, largestShare, singularValues } from '../../metrics/health/index.ts';
import { fitMiniRocket, miniRocketFeatures } from '../../probe/minirocket.ts';
import type { LoopOptions } from '../../train/loop.ts';
import type { RepresentationPlan } from '../../train/represent/plan.ts';
import type { EncoderValues, RepresentationTrainer, SequenceRows } from '../../train/represent/trainer.ts';
import { rowsAt } from '../rows.ts';
import type { Part, Parts, RepresentationData } from './parts.ts';
import type { Embedded } from './probes.ts';

/** How the embedding stood at one moment of its training, on a sample of training windows. */
export interface Look {
  readonly step: number;
  /** The largest eigenvalue's share of the variance: near 1 is collapse onto one direction. */
  readonly largestShare: number | null;
  readonly effectiveRank: number | null;
}

export interface Made extends Embedded {
  readonly looks: readonly Look[];
  readonly trainSeconds: number;
  /** The encoder, where there is one. */
  readonly net?: EncoderValues;
}

export interface EmbedOptions {
  readonly seed: number;
  readonly trial: readonly (string | number)[];
  readonly starts: SequenceRows['starts'];
  readonly watch?: LoopOptions;
}

/** Windows that a look takes. */
const LOOKED_AT = 1000;
/** MiniRocket's features: enough for a control, and few enough for ridge regression in seconds. */
const MINIROCKET_FEATURES = 1000;
/** Shorter windows MiniRocket does not take. */
export const MINIROCKET_LENGTH = 9;

/** Embeddings of a fold's parts by the plan's method. */
export async function embedParts(
  trainer: RepresentationTrainer,
  plan: RepresentationPlan,
  data: RepresentationData,
  parts: Parts,
  options: EmbedOptions,
): Promise<Made> {
  const { seed, trial, starts, watch } = options;
  const { embeds } = plan.spec.method;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  if (embeds === 'items') {
    const width = plan.shape.reduce((n, m) => n * m, 1);
    return {
      width,
      train: parts.train.x,
      test: parts.test.x,
      looks: [],
      trainSeconds: 0,
    };
  }
  if (embeds === 'minirocket') return rocket(data, parts, seed, trial);
  const looks: Look[] = [];
  const every = Math.max(1, Math.ceil(plan.steps / plan.checks));
  // A checkpoint does not hold the looks: past the first one a stopped training starts anew, or they would be lost.
  const resume = watch?.resume && watch.resume.step < every ? watch.resume : undefined;
  const net =
    embeds === 'untrained'
      ? trainer.first(plan, seed, trial)
      : await trainer.train(
          plan,
          { x: parts.train.x, labels: parts.train.labels, starts },
          {
            ...watch,
            resume,
            seed,
            trial,
            onCheck: async (now, look) => {
              const step = Math.min(plan.steps, look * every);
              looks.push({ step, ...(await lookAt(trainer, plan, now, parts.train)) });
            },
          },
        );
  const trainSeconds = embeds === 'untrained' ? 0 : seconds();
  const embed = async ({ x, runs }: Part) => (await trainer.embed(plan, net, x, runs)).embeddings;
  const [train, test] = [await embed(parts.train), await embed(parts.test)];
  const width = train.length / parts.train.rows.length;
  return { width, train, test, looks, trainSeconds, net };
}

/** Spread of the embedding over its directions, on about a thousand windows. */
async function lookAt(
  trainer: RepresentationTrainer,
  plan: RepresentationPlan,
  net: EncoderValues,
  { x, runs, rows }: Part,
): Promise<Omit<Look, 'step'>> {
  const size = x.length / rows.length;
  // As many windows of every stretch, from its start.
  const share = Math.ceil(LOOKED_AT / runs.length);
  const taken = runs.map((run) => Math.min(run, share));
  const chosen: number[] = [];
  let from = 0;
  runs.forEach((run, r) => {
    for (let i = 0; i < taken[r]; i++) chosen.push(from + i);
    from += run;
  });
  const points = await trainer.embed(plan, net, rowsAt(x, size, chosen), taken);
  const sigma = await singularValues(points);
  return { largestShare: largestShare(sigma).value, effectiveRank: effectiveRank(sigma).value };
}

/** MiniRocket's features of the values in time, standardised: its kernels add channels up. */
async function rocket(
  { windows, features: { scaling } }: RepresentationData,
  { train, test }: Parts,
  seed: number,
  trial: readonly (string | number)[],
): Promise<Made> {
  const started = performance.now();
  const channels = windows.set.channels.length;
  const { length } = windows;
  const values = fitSeries(windows, train.rows, { features: 'raw', scaling });
  const series = ({ rows }: Part) => float32([rows.length, channels, length], applySeries(values, windows, rows));
  const own = series(train);
  const fitted = await fitMiniRocket(own, [seed, ...trial].join('/'), { features: MINIROCKET_FEATURES });
  const features = async (part: ReturnType<typeof series>) => (await miniRocketFeatures(part, fitted)).data;
  return {
    width: fitted.biases.length,
    train: await features(own),
    test: await features(series(test)),
    looks: [],
    trainSeconds: (performance.now() - started) / 1000,
  };
}

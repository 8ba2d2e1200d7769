import type { Augmentation } from '../data/items/augment.ts';
import type { MethodSpec } from '../methods/index.ts';
import type { EncoderSpec } from '../nn/encoders/index.ts';
import type { Schedule } from '../optim/schedule.ts';
import type { OptimiserSpec } from '../optim/spec.ts';

/** Everything that determines a training but its rows. */
export interface TrainingPlan {
  readonly spec: MethodSpec;
  /** Of one item: [inputs] of a table, [channels, length] of a series, [channels, height, width] of a picture. */
  readonly shape: readonly number[];
  readonly classes: number;
  readonly encoder: EncoderSpec;
  /** Random changes to every training batch. Not given: none. */
  readonly augment?: Augmentation;
  readonly steps: number;
  /** Rows a step. */
  readonly batch: number;
  readonly optimiser: OptimiserSpec;
  /** At its highest. */
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Longest gradient (2-norm over all parameters). Not given: no limit. */
  readonly clip?: number;
  /**
   * Share that a moving average of the weights keeps from step to step; the averaged net is then the one that is
   * looked at and kept. Not given: none.
   */
  readonly average?: number;
  /** How often validation rows are looked at for early stopping. */
  readonly checks: number;
}

/** What the engine uses where nothing is said: methods.md, "AllNC", and the nets of its table. */
export const trainingDefaults = {
  encoder: { kind: 'mlp', widths: [128, 128, 64] },
  batch: 128,
  optimiser: { kind: 'adamw', weightDecay: 1e-4 },
  learningRate: 1e-3,
  schedule: { kind: 'cosine' },
  checks: 10,
} as const satisfies Partial<TrainingPlan>;

/** Items with their classes. */
export interface Rows {
  /** [rows, ...shape], row-major. */
  readonly x: Float32Array;
  /** [rows], 0..C-1. */
  readonly labels: Int32Array;
}

/** A trained net: the numbers that the plan's graph needs. */
export interface TrainedNet {
  readonly parameters: Float32Array;
  readonly buffers: Float32Array;
  /** Training items of each class. */
  readonly counts: readonly number[];
  /** Steps after which these numbers were kept (early stopping). */
  readonly keptAt: number;
}

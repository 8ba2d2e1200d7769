import type { MethodSpec } from '../methods/index.ts';

/** Everything that determines a training but its rows. */
export interface TrainingPlan {
  readonly spec: MethodSpec;
  /** Width of a row of inputs. */
  readonly inputs: number;
  readonly classes: number;
  /** Widths of the encoder's layers; the last is the embedding's. */
  readonly widths: readonly number[];
  readonly steps: number;
  /** Rows a step. */
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** How often validation rows are looked at for early stopping. */
  readonly checks: number;
}

/** What the engine uses where nothing is said: methods.md, "AllNC", and the nets of its table. */
export const trainingDefaults = {
  widths: [128, 128, 64],
  batch: 128,
  learningRate: 1e-3,
  weightDecay: 1e-4,
  checks: 10,
} as const;

/** Rows of inputs with their classes. */
export interface Rows {
  /** [rows, inputs], row-major. */
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

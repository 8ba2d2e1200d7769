import type { ThresholdRule } from '../../losses/contrastive/index.ts';
import type { RepresentationSpec } from '../../methods/represent/index.ts';
import type { EncoderSpec } from '../../nn/encoders/index.ts';
import type { Schedule } from '../../optim/schedule.ts';
import type { OptimiserSpec } from '../../optim/spec.ts';

/** Everything that determines the training of a representation but its windows. */
export interface RepresentationPlan {
  readonly spec: RepresentationSpec;
  /** Of one window as it enters the encoder: [F], or [channels, length]. */
  readonly shape: readonly number[];
  /** Classes of the windows; 0 where there are no labels. */
  readonly classes: number;
  readonly encoder: EncoderSpec;
  /** Sequences a step, S. */
  readonly sequences: number;
  /** Consecutive windows of a sequence, T. */
  readonly sequenceSteps: number;
  /** How the method's `threshold` was settled (`auto` is settled on training windows before). */
  readonly threshold?: ThresholdRule;
  readonly steps: number;
  readonly optimiser: OptimiserSpec;
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Longest gradient. Not given: no limit. */
  readonly clip?: number;
  /** How often the embedding is looked at while it is trained. */
  readonly checks: number;
}

/** Eight sequences of a minute a step, as the forms of eMargin were measured with. */
export const representationDefaults = {
  sequences: 8,
  sequenceSteps: 60,
  steps: 400,
  optimiser: { kind: 'adamw', weightDecay: 0.01 },
  learningRate: 1e-3,
  schedule: { kind: 'constant' },
  checks: 5,
} as const satisfies Partial<RepresentationPlan>;

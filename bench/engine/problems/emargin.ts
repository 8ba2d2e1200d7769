import { pointwise } from '../../../src/nn/encoders/pointwise.ts';
import { drawn, netFields, normals, randomOf, type StepProblem } from './step.ts';

/** Adds what the loss needs. AdamW on all parameters. */
export interface EmarginProblem extends StepProblem {
  /** Windows of a sequence in time, and numbers of a window: x is [sequences, length, features]. */
  readonly length: number;
  readonly features: number;
  readonly margin: number;
  /** Neighbours less alike than this are a transition. */
  readonly theta: number;
}

/** 156-128-64-320, each with batch norm, ReLU but after the last. */
export const projector = (features: number) => pointwise(features, { lastRelu: false });

/** Sequences whose neighbouring windows have a cosine of about 0.5, so that about one pair in twenty is a transition. */
export function emarginProblem(steps: number): EmarginProblem {
  const [sequences, length, features, batch] = [32, 119, 156, 8];
  const random = randomOf('emargin-step');
  const x = normals(random, sequences * length * features);
  x.forEach((value, i) => {
    if (Math.floor(i / features) % length > 0) x[i] = 0.5 * x[i - features] + Math.sqrt(0.75) * value;
  });
  return {
    ...{ steps, look: 20, batch, length, features, margin: 0.5, theta: 0.4 },
    ...{ learningRate: 1e-3, weightDecay: 1e-2 },
    x,
    indices: drawn(random, steps, batch, sequences),
    ...netFields(projector(features), random),
  };
}

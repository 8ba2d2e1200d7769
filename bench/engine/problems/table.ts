import { stream } from '../../../src/array/random.ts';
import { parseMethod } from '../../../src/methods/index.ts';
import { netOf } from '../../../src/train/graphs.ts';
import { type Rows, type TrainingPlan, trainingDefaults } from '../../../src/train/plan.ts';
import { drawn, netFields, type StepProblem } from './step.ts';

/** The table net that is measured: 8 inputs, 128-128-64 with batch norm, 5 classes; AdamW, cross-entropy. */
export function planOf(steps: number): TrainingPlan {
  return { ...trainingDefaults, spec: parseMethod('cross-entropy'), shape: [8], classes: 5, steps };
}

export const ROWS = 8000;

/** Random rows whose class shows: five noisy clouds. */
export function randomRows({ shape: [inputs], classes }: TrainingPlan, rows = ROWS): Rows {
  const random = stream(0, 'bench', 'rows');
  const labels = Int32Array.from({ length: rows }, () => random.integer(classes));
  const centres = Float32Array.from({ length: classes * inputs }, () => 2 * random.uniform() - 1);
  const x = Float32Array.from({ length: rows * inputs }, (_, i) => {
    const centre = centres[labels[Math.floor(i / inputs)] * inputs + (i % inputs)];
    return centre + 3.4 * (random.uniform() - 0.5);
  });
  return { x, labels };
}

/** Learning rate on a cosine from `learningRate`. */
export interface TableProblem extends StepProblem {
  readonly inputs: number;
  readonly classes: number;
  readonly widths: readonly number[];
  /** [rows] */
  readonly labels: Int32Array;
  /** Running mean and variance of each layer, for the net in use; training starts from 0 and 1. */
  readonly buffers: Float32Array;
}

export function tableProblem(steps: number): TableProblem {
  const plan = planOf(steps);
  const net = netOf(plan);
  const random = stream(0, 'bench', 'problem');
  const { shape, classes, batch, learningRate } = plan;
  return {
    ...{ inputs: shape[0], classes, batch, steps, look: 25, learningRate },
    widths: trainingDefaults.encoder.widths,
    weightDecay: plan.optimiser.weightDecay,
    ...randomRows(plan),
    indices: drawn(random, steps, batch, ROWS),
    ...netFields(net, random),
    buffers: Float32Array.from(
      net.buffers.flatMap(({ name, shape: [width] }) =>
        Array.from({ length: width }, () => random.uniform() + (name.endsWith('mean') ? -0.5 : 0.5)),
      ),
    ),
  };
}

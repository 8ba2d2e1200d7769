import { readFileSync, writeFileSync } from 'node:fs';
import { stream } from '../../src/array/random.ts';
import { parseMethod } from '../../src/methods/index.ts';
import { initialise } from '../../src/nn/variable.ts';
import { netOf } from '../../src/train/graphs.ts';
import { type Rows, type TrainingPlan, trainingDefaults } from '../../src/train/plan.ts';

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

/** What both sides start from, so that they must come to the same numbers. */
export interface Problem {
  readonly inputs: number;
  readonly classes: number;
  readonly widths: readonly number[];
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** [rows * inputs], [rows], [steps * batch]. */
  readonly x: number[];
  readonly labels: number[];
  readonly indices: number[];
  /** All parameters in the net's order, flat: weight, scale and shift of each layer, weight and bias of the head. */
  readonly parameters: number[];
  /** Running mean and variance of each layer, for the net in use; training starts from 0 and 1. */
  readonly buffers: number[];
}

export function writeProblem(path: string, steps: number): void {
  const plan = planOf(steps);
  const { x, labels } = randomRows(plan);
  const net = netOf(plan);
  const random = stream(0, 'bench', 'problem');
  const { shape, classes, batch, learningRate } = plan;
  const problem: Problem = {
    ...{ inputs: shape[0], classes, batch, steps, learningRate },
    widths: trainingDefaults.encoder.widths,
    weightDecay: plan.optimiser.weightDecay,
    x: [...x],
    labels: [...labels],
    indices: Array.from({ length: steps * batch }, () => random.integer(ROWS)),
    parameters: [...initialise(net.parameters, random)],
    buffers: net.buffers.flatMap(({ name, shape: [width] }) =>
      Array.from({ length: width }, () =>
        Math.fround(name.endsWith('mean') ? random.uniform() - 0.5 : random.uniform() + 0.5),
      ),
    ),
  };
  writeFileSync(path, JSON.stringify(problem));
}

export function readProblem(path: string): Problem {
  return JSON.parse(readFileSync(path, 'utf8'));
}

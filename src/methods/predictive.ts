import { normaliseRows } from '../graph/functions.ts';
import { stopGradient } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { hyconPredictive } from '../losses/hycon-predictive.ts';
import type { Layer, Variable } from '../nn/variable.ts';
import { classMeanMemory, updateClassMeans } from './class-means.ts';
import type { Batch } from './method.ts';
import { projector } from './projector.ts';

/** Width of projections, and of the predictor's middle. */
const [WIDTH, MIDDLE] = [64, 32];

/** Projection D-64-64 and predictor 64-32-64. */
export function predictiveLayers(embedding: number): readonly Layer[] {
  return [
    projector('projection', embedding, WIDTH, WIDTH, { bias: false }),
    projector('predictor', WIDTH, MIDDLE, WIDTH),
  ];
}

/** Where each class's rows were projected on average. */
export function predictiveMemory(classes: number): readonly Variable[] {
  return classMeanMemory(WIDTH, classes, 'projected');
}

/**
 * HyCon, form `predictive`, a row [B]: z = projection(h), memory q_c <- 0.9 q_c + 0.1 mean of z / |z| over the class's rows
 * (no gradient), l_i = 1 - cos(predictor(z_i), q_{y_i}).
 */
export function predictiveRows({ embeddings, target, scope, layers }: Batch, memory: readonly Variable[]): Tensor {
  const [projection, predictor] = layers;
  const projected = projection.apply(embeddings, scope);
  const { means } = updateClassMeans(stopGradient(normaliseRows(projected)), target, scope, memory);
  return hyconPredictive.build({ predictions: predictor.apply(projected, scope), target, memory: stopGradient(means) });
}

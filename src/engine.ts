/** What runs in Node and in the browser alike: graphs, layers, training, exported models. */
export { array, type DType, float32, int32, type NdArray } from './array/array.ts';
export { InputError } from './array/errors.ts';
export { type Random, stream } from './array/random.ts';
export type { Column, Preprocessing } from './data/dataset.ts';
export { applyPreprocessing, fitPreprocessing } from './data/preprocess.ts';
export { decide, probabilities } from './evaluate/decide.ts';
export { exportModel, rawInputs } from './evaluate/export.ts';
export * as functions from './graph/functions.ts';
export { grad } from './graph/grad.ts';
export * as ops from './graph/ops/index.ts';
export type { Tensor } from './graph/tensor.ts';
export { contrastiveLosses } from './losses/contrastive/index.ts';
export { losses } from './losses/index.ts';
export { type Method, type MethodSpec, methods, parseMethod } from './methods/index.ts';
export * from './nn/activation.ts';
export * from './nn/batch-norm.ts';
export * from './nn/combine.ts';
export * from './nn/conv.ts';
export * from './nn/dropout.ts';
export * from './nn/embedding.ts';
export { type EncoderSpec, encoderOf, encoders } from './nn/encoders/index.ts';
export * from './nn/group-norm.ts';
export * from './nn/head.ts';
export * from './nn/layer-norm.ts';
export * from './nn/linear.ts';
export * from './nn/pool.ts';
export { initialise, type Layer, type Scope, sequential, type Variable } from './nn/variable.ts';
export * as optim from './optim/index.ts';
export { type Model, openModel } from './runtime/model.ts';
export type { Columns, ModelInput } from './runtime/model-inputs.ts';
export {
  compile,
  compileLoop,
  type Feed,
  feed,
  loadModel,
  type Program,
  read,
  runtimeVersion,
} from './runtime/session.ts';
export { DivergenceError, type Loop, type LoopOptions, runLoop, type StepEvent } from './train/loop.ts';
export { type Rows, type TrainedNet, type TrainingPlan, trainingDefaults } from './train/plan.ts';
export { type StepLayout, type StepOptions, type StepScope, stepGraph } from './train/step.ts';
export { Trainer, type TrainingOptions } from './train/trainer.ts';

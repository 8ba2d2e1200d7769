/**
 * Evenhand in the browser: exported models, and training on a small scale. One file (`dist/browser.js`), with the runtime's
 * `ort-wasm-simd-threaded.wasm` beside it; nothing is fetched but that file.
 *
 * ```ts
 * import { openModel } from 'evenhand/browser';
 * const model = await openModel(new Uint8Array(await file.arrayBuffer()));
 * const [first] = await model.predict({ force: [3.1], mould: ['A'] });
 * console.log(model.classes, first);
 * ```
 *
 * Work is done on the thread that asks: what takes longer than a moment belongs in a Web Worker.
 */
export { array, type DType, float32, int32, type NdArray } from './array/array.ts';
export { InputError } from './array/errors.ts';
export { type Random, stream } from './array/random.ts';
export type { Column, Preprocessing } from './data/dataset.ts';
export { applyPreprocessing, fitPreprocessing } from './data/preprocess.ts';
export { decide, probabilities } from './evaluate/decide.ts';
export { exportModel, rawInputs } from './evaluate/export.ts';
export { grad } from './graph/grad.ts';
export * as ops from './graph/ops/index.ts';
export type { Tensor } from './graph/tensor.ts';
export { losses } from './losses/index.ts';
export { type Method, type MethodSpec, methods, parseMethod } from './methods/index.ts';
export * from './nn/activation.ts';
export * from './nn/batch-norm.ts';
export * from './nn/combine.ts';
export * from './nn/conv.ts';
export { encoderOf, encoders } from './nn/encoders/index.ts';
export * from './nn/group-norm.ts';
export * from './nn/head.ts';
export * from './nn/layer-norm.ts';
export * from './nn/linear.ts';
export * from './nn/pool.ts';
export { initialise, type Layer, type Scope, sequential, type Variable } from './nn/variable.ts';
export * as optim from './optim/index.ts';
export { type Columns, type Model, type ModelInput, openModel } from './runtime/model.ts';
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
export { locateWasm } from './runtime/wasm.ts';
export { type Rows, type TrainedNet, type TrainingPlan, trainingDefaults } from './train/plan.ts';
export { Trainer, type TrainingOptions } from './train/trainer.ts';

export { type Ablation, ablationOf } from './ablation.ts';
export { methods } from './list.ts';
export type { Batch, HeadNumbers, Method, Rescaling, Sampling, Settings } from './method.ts';
export { type MethodSpec, parseMethod } from './spec.ts';
export { type ItemKind, suited } from './suited.ts';

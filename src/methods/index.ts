export { methods } from './list.ts';
export type { Batch, Method, Sampling, Settings } from './method.ts';
export { type MethodSpec, parseMethod } from './spec.ts';

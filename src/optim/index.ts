export { adamw } from './adamw.ts';
export { average, averageRate } from './average.ts';
export { clipByNorm, clipByValue } from './clip.ts';
export type { Optimiser } from './optimiser.ts';
export { cosine, learningRate, linear, type Schedule, stepped } from './schedule.ts';
export { sgd } from './sgd.ts';
export { type OptimiserSpec, optimiserOf } from './spec.ts';

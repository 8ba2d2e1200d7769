export { adamw } from './adamw.ts';
export type { Optimiser } from './optimiser.ts';
export { cosine } from './schedule.ts';
export { sgd } from './sgd.ts';

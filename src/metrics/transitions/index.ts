export type { ChangePointOptions, ChangePoints } from './change-points.ts';
export { changePoints } from './change-points.ts';
export { contrast } from './contrast.ts';
export type { TransitionInput } from './labelled.ts';
export { transitionSharpness } from './sharpness.ts';

import { elementwiseOps } from './elementwise.ts';
import { matmulOps } from './matmul.ts';
import { reduceOps } from './reduce.ts';
import { shapeOps } from './shape.ts';
import { sourceOps } from './source.ts';
import { stringsOps } from './strings.ts';

export * from './elementwise.ts';
export * from './matmul.ts';
export * from './reduce.ts';
export * from './shape.ts';
export * from './source.ts';
export * from './strings.ts';

/** Every op there is. The contract test walks this list. */
export const ops = [...sourceOps, ...elementwiseOps, ...matmulOps, ...reduceOps, ...shapeOps, ...stringsOps];

import { chooseOps } from './choose.ts';
import { convOps } from './conv.ts';
import { curveOps } from './curves.ts';
import { elementwiseOps } from './elementwise.ts';
import { matmulOps } from './matmul.ts';
import { padOps } from './pad.ts';
import { poolOps } from './pool.ts';
import { reduceOps } from './reduce.ts';
import { shapeOps } from './shape.ts';
import { sourceOps } from './source.ts';
import { stringsOps } from './strings.ts';

export * from './choose.ts';
export * from './conv.ts';
export * from './curves.ts';
export * from './elementwise.ts';
export * from './matmul.ts';
export * from './own.ts';
export * from './pad.ts';
export * from './pool.ts';
export * from './reduce.ts';
export * from './shape.ts';
export * from './source.ts';
export * from './strings.ts';

/** Every op there is. The contract test walks this list. */
export const ops = [
  ...sourceOps,
  ...elementwiseOps,
  ...curveOps,
  ...matmulOps,
  ...reduceOps,
  ...chooseOps,
  ...shapeOps,
  ...padOps,
  ...convOps,
  ...poolOps,
  ...stringsOps,
];

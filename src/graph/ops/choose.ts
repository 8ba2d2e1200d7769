import { float32 } from '../../array/array.ts';
import { apply, type Op, type Tensor } from '../tensor.ts';

/** Place of the least value along the last axis, of equal ones the first; int64. */
const argMinOp: Op = {
  name: 'argMin',
  infer: ([x]) => {
    if (x.shape.length === 0) throw new RangeError('argMin: needs an axis, got a scalar');
    return { shape: x.shape.slice(0, -1), dtype: 'int64' };
  },
  vjp: 'none',
  onnx: () => ({ type: 'ArgMin', attributes: { axis: { int: -1 }, keepdims: { int: 0 } } }),
  examples: [
    { inputs: [float32([2, 3], [0.5, -1.2, 2.1, 0.3, 0.3, 0.4])] },
    { inputs: [float32([2, 1, 2], [1, 0, 3, 3])] },
  ],
};

export const argMin = (x: Tensor): Tensor => apply(argMinOp, [x]);

export const chooseOps: readonly Op[] = [argMinOp];

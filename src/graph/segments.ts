import { int32 } from '../array/array.ts';
import { cast, constant, div, equal, matmul, maximum, reshape } from './ops/index.ts';
import { staticShape, type Tensor } from './tensor.ts';

/** Row i is 1 at labels[i]: labels int32 [N] to [N, classes]; a label that is no class gives zeros. */
export function oneHot(labels: Tensor, classes: number, dtype: Tensor['dtype'] = 'float32'): Tensor {
  const numbers = constant(
    int32(
      [1, classes],
      Int32Array.from({ length: classes }, (_, i) => i),
    ),
  );
  return cast(equal(reshape(labels, [labels.shape[0], 1]), numbers), dtype);
}

/** Sum of the rows of x [N, D] in each class: [classes, D], as a product with the 0/1 matrix of the labels. */
export function segmentSum(x: Tensor, labels: Tensor, classes: number): Tensor {
  return matmul(oneHot(labels, classes, x.dtype), x, { transposeA: true });
}

/** Rows in each class: [classes, 1]. */
export function segmentCount(labels: Tensor, classes: number, dtype: Tensor['dtype'] = 'float32'): Tensor {
  const [rows] = staticShape(labels, 'segmentCount');
  const ones = cast(constant(int32([rows, 1], new Int32Array(rows).fill(1))), dtype);
  return matmul(oneHot(labels, classes, dtype), ones, { transposeA: true });
}

/** Mean of the rows of x [N, D] in each class: [classes, D]; a class with no row gives zeros. */
export function segmentMean(x: Tensor, labels: Tensor, classes: number): Tensor {
  return div(segmentSum(x, labels, classes), maximum(segmentCount(labels, classes, x.dtype), 1));
}

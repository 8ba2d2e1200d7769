import { float32 } from '../../array/array.ts';
import { apply, describe, type Op, type Tensor } from '../tensor.ts';
import { transpose } from './shape.ts';

/**
 * Product of two matrices, either read transposed: op(a) op(b), a [M, K] (or [K, M]), b [K, N] (or [N, K]).
 * Gemm takes the transposes for free.
 */
const matmulOp: Op = {
  name: 'matmul',
  infer: ([a, b], { transposeA, transposeB }) => {
    if (a.shape.length !== 2 || b.shape.length !== 2 || a.dtype !== b.dtype)
      throw new RangeError(`matmul: needs two matrices of one dtype, got ${describe([a, b])}`);
    const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
    const [other, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
    if (inner !== other)
      throw new RangeError(
        `matmul: inner lengths differ: ${describe([a, b])}, transposed: ${transposeA ? 'a' : '-'} ${transposeB ? 'b' : '-'}`,
      );
    return { shape: [rows, columns], dtype: a.dtype };
  },
  vjp: ({ inputs: [a, b], gradient: g, attributes: { transposeA: ta, transposeB: tb } }) => [
    ta ? matmul(b, g, { transposeA: Boolean(tb), transposeB: true }) : matmul(g, b, { transposeB: !tb }),
    tb ? matmul(g, a, { transposeA: true, transposeB: Boolean(ta) }) : matmul(a, g, { transposeA: !ta }),
  ],
  onnx: ({ transposeA, transposeB }) => ({
    type: 'Gemm',
    attributes: { transA: { int: transposeA ? 1 : 0 }, transB: { int: transposeB ? 1 : 0 } },
  }),
  examples: [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({
      inputs: [
        float32(transposeA ? [3, 2] : [2, 3], [0.1, -0.4, 0.7, 1.1, -0.9, 0.3]),
        float32(transposeB ? [4, 3] : [3, 4], [0.6, -0.2, 0.8, -1.3, 0.4, 0.9, -0.5, 0.2, 1.2, -0.7, 0.3, 0.1]),
      ],
      attributes: { transposeA, transposeB },
    })),
  ),
};

/** Products of the matrices of two stacks: a [N, M, K], b [N, K, L] to [N, M, L]. */
const stackedMatmulOp: Op = {
  name: 'stackedMatmul',
  infer: ([a, b]) => {
    const fit = a.shape.length === 3 && b.shape.length === 3 && a.shape[0] === b.shape[0] && a.shape[2] === b.shape[1];
    if (!fit || a.dtype !== b.dtype)
      throw new RangeError(`stackedMatmul: needs [N, M, K] and [N, K, L] of one dtype, got ${describe([a, b])}`);
    return { shape: [a.shape[0], a.shape[1], b.shape[2]], dtype: a.dtype };
  },
  vjp: ({ inputs: [a, b], gradient: g }) => [
    stackedMatmul(g, transpose(b, [0, 2, 1])),
    stackedMatmul(transpose(a, [0, 2, 1]), g),
  ],
  onnx: () => ({ type: 'MatMul' }),
  examples: [
    {
      inputs: [
        float32([2, 1, 3], [0.1, -0.4, 0.7, 1.1, -0.9, 0.3]),
        float32([2, 3, 2], [0.6, -0.2, 0.8, -1.3, 0.4, 0.9, -0.5, 0.2, 1.2, -0.7, 0.3, 0.1]),
      ],
    },
  ],
};

export interface Transposes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

export const matmul = (a: Tensor, b: Tensor, { transposeA = false, transposeB = false }: Transposes = {}): Tensor =>
  apply(matmulOp, [a, b], { transposeA, transposeB });

/** Products of the matrices of two stacks: a [N, M, K], b [N, K, L] to [N, M, L]. The runtime draws transposes in. */
export const stackedMatmul = (a: Tensor, b: Tensor): Tensor => apply(stackedMatmulOp, [a, b]);

export const matmulOps: readonly Op[] = [matmulOp, stackedMatmulOp];

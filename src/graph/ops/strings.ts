import { array } from '../../array/array.ts';
import { apply, type Op, type Tensor } from '../tensor.ts';

/**
 * Text to a row of 0/1: text [N, 1] gives [N, levels]; a text that is none of the levels gives zeros.
 * Only in exported models, where raw columns go in (ai.onnx.ml).
 */
const oneHotTextOp: Op = {
  name: 'oneHotText',
  infer: ([x], { levels }) => {
    if (x.dtype !== 'string' || x.shape.length !== 2 || x.shape[1] !== 1)
      throw new RangeError(`oneHotText: needs text [N, 1], got ${x.dtype}[${x.shape.join(', ')}]`);
    return { shape: [x.shape[0], 1, (levels as readonly string[]).length], dtype: 'float32' };
  },
  vjp: 'none',
  onnx: ({ levels }) => ({
    type: 'OneHotEncoder',
    domain: 'ai.onnx.ml',
    attributes: { cats_strings: { strings: levels as readonly string[] }, zeros: { int: 1 } },
  }),
  examples: [{ inputs: [array('string', [3, 1], ['L', 'H', '?'])], attributes: { levels: ['L', 'M', 'H'] } }],
};

export const oneHotText = (x: Tensor, levels: readonly string[]): Tensor => apply(oneHotTextOp, [x], { levels });

export const stringsOps: readonly Op[] = [oneHotTextOp];

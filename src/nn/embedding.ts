import { concat, matmul, slice } from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { kaimingNormal } from './init.ts';
import type { Layer } from './variable.ts';

/** Columns [start, start + levels) of x: the one-hot code of a category, all zeros where it is missing or unknown. */
export interface EmbeddingBlock {
  readonly start: number;
  readonly levels: number;
  /** Numbers that stand for a level. Default: `embeddingWidth(levels)`. */
  readonly width?: number;
}

/** min(50, levels / 2 rounded up): the rule of thumb of Howard's fast.ai course, 2018 (lesson 4). */
export function embeddingWidth(levels: number): number {
  return Math.min(50, Math.ceil(levels / 2));
}

/**
 * Categories to learnt vectors: x [B, inputs] to [B, `joinedWidth`]. The columns of each block become one-hot times table
 * [levels, width], in their place; the other columns stay as they are. All zeros give zeros.
 *
 * Tables start normal with standard deviation 1 / sqrt(width): a level's vector has length 1 on average, as its one-hot
 * code has.
 * @throws RangeError when blocks overlap or leave the inputs
 * @see Guo, Berkhahn 2016
 */
export function embedding(name: string, inputs: number, blocks: readonly EmbeddingBlock[]): Layer {
  const ordered = checked(inputs, blocks);
  const tables = ordered.map(({ levels, width }, i) => ({
    name: `${name}.${i}.table`,
    shape: [levels, width],
    init: kaimingNormal(levels * width, width, 1),
  }));
  return {
    parameters: tables,
    buffers: [],
    apply(x, scope) {
      const parts: Tensor[] = [];
      let done = 0;
      for (const [i, { start, end }] of ordered.entries()) {
        if (start > done) parts.push(slice(x, { axis: 1, start: done, end: start }));
        parts.push(matmul(slice(x, { axis: 1, start, end }), scope.read(tables[i])));
        done = end;
      }
      if (done < inputs) parts.push(slice(x, { axis: 1, start: done, end: inputs }));
      return concat(parts, 1);
    },
  };
}

/** Width of what `embedding` makes. @throws RangeError as `embedding` */
export function joinedWidth(inputs: number, blocks: readonly EmbeddingBlock[]): number {
  return checked(inputs, blocks).reduce((sum, { levels, width }) => sum - levels + width, inputs);
}

function checked(inputs: number, blocks: readonly EmbeddingBlock[]) {
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  const ordered = blocks
    .map(({ start, levels, width = embeddingWidth(levels) }) => ({ start, levels, width, end: start + levels }))
    .sort((a, b) => a.start - b.start);
  for (const [i, { start, levels, width, end }] of ordered.entries()) {
    if (!whole(start, 0) || !whole(levels, 1) || !whole(width, 1))
      throw new RangeError(
        `embedding: a block needs whole numbers start >= 0, levels and width >= 1, got ${start}, ${levels}, ${width}`,
      );
    if (end > inputs) throw new RangeError(`embedding: columns ${start} to ${end - 1} are not within ${inputs} inputs`);
    const before = ordered[i - 1];
    if (before && before.end > start)
      throw new RangeError(
        `embedding: columns ${start} to ${end - 1} overlap columns ${before.start} to ${before.end - 1}`,
      );
  }
  return ordered;
}

import { relu } from '../activation.ts';
import { batchNorm } from '../batch-norm.ts';
import { dropout } from '../dropout.ts';
import { type EmbeddingBlock, embedding, joinedWidth } from '../embedding.ts';
import { linear } from '../linear.ts';
import { type Layer, sequential } from '../variable.ts';
import { type EncoderSetting, encoder, share, wholes } from './encoder.ts';

export interface MlpOptions {
  /** Categories among the columns of x that become learnt vectors before the first layer. Default: none. */
  readonly embeddings?: readonly EmbeddingBlock[];
  /** Share of the numbers dropped after each ReLU in training. Default 0. */
  readonly dropout?: number;
}

/**
 * Multi-layer perceptron for tables: linear, batch norm, ReLU for each width; x [B, inputs] to h [B, last width].
 * @param widths of the layers; the last is the embedding's
 * @throws RangeError when widths are no whole numbers or blocks of columns overlap or leave the inputs
 */
export function mlp(
  inputs: number,
  widths: readonly number[] = [128, 128, 64],
  { embeddings = [], dropout: rate = 0 }: MlpOptions = {},
): Layer {
  if (widths.length === 0 || widths.some((w) => !Number.isInteger(w) || w < 1))
    throw new RangeError(`mlp: widths must be whole numbers >= 1, got [${widths}]`);
  const first = joinedWidth(inputs, embeddings);
  return sequential(
    ...(embeddings.length > 0 ? [embedding('encoder.embedding', inputs, embeddings)] : []),
    ...widths.flatMap((width, i) => [
      linear(`encoder.${i}`, i === 0 ? first : widths[i - 1], width, { bias: false }),
      batchNorm(`encoder.${i}.norm`, width),
      relu,
      dropout(`encoder.${i}.dropout`, rate),
    ]),
  );
}

function isBlock(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { start, levels, width = 1, ...rest } = value as Readonly<Record<string, unknown>>;
  return [start, levels, width].every(Number.isInteger) && Object.keys(rest).length === 0;
}

const blocks: EncoderSetting<readonly EmbeddingBlock[]> = {
  default: [],
  about: 'blocks of one-hot columns that become learnt vectors',
  must: 'a list of { start, levels, width }, width by default min(50, levels / 2)',
  fits: (value) => Array.isArray(value) && value.every(isBlock),
};

export const mlpEncoder = encoder({
  name: 'mlp',
  about: 'multi-layer perceptron with batch norm and ReLU, and embeddings for categories',
  takes: ['rows'],
  settings: {
    widths: wholes([128, 128, 64], 'of the layers; the last is the embedding'),
    embeddings: blocks,
    dropout: share(0, 'dropped after each layer in training'),
  },
  build: ([inputs], { widths, ...options }) => ({
    layer: mlp(inputs, widths, options),
    embedding: [widths[widths.length - 1]],
  }),
});

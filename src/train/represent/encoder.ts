import { InputError } from '../../array/errors.ts';
import { reshape, transpose } from '../../graph/ops/index.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type EncoderSpec, encoderOf, readEncoder } from '../../nn/encoders/index.ts';
import type { Scope, Variable } from '../../nn/variable.ts';
import type { RepresentationPlan } from './plan.ts';

/** An encoder of windows that come as sequences. */
export interface SequenceEncoder {
  readonly parameters: readonly Variable[];
  readonly buffers: readonly Variable[];
  /** D. */
  readonly width: number;
  /** Every window by itself; otherwise it sees the windows around it. */
  readonly alone: boolean;
  /** As it was made: with what the method chose, for items of this shape. */
  readonly spec: EncoderSpec;
  readonly shape: readonly number[];
  /** x [sequences * steps, ...shape] to embeddings [sequences * steps, D]. */
  embed(x: Tensor, scope: Scope): Tensor;
}

/**
 * The encoder of a plan for sequences of `steps` windows.
 *
 * Windows [F]: an encoder of rows sees each alone; one of series sees a sequence as a series of F channels and must give
 * every point its own embedding. Windows [channels, length]: an encoder of series gives one embedding a window.
 *
 * @throws InputError when the encoder does not fit such windows
 */
export function sequenceEncoder(
  { spec, shape, encoder: chosen }: Pick<RepresentationPlan, 'spec' | 'shape' | 'encoder'>,
  steps: number,
): SequenceEncoder {
  const { encoder, settings } = readEncoder(chosen);
  const whole = shape.length === 1 && !encoder.takes.includes('rows');
  const given = {
    ...chosen,
    ...('lastRelu' in settings && !('lastRelu' in chosen) ? { lastRelu: spec.method.lastRelu } : {}),
    ...('pool' in settings && !('pool' in chosen) && whole ? { pool: 'none' } : {}),
  };
  const items = whole ? [...shape, steps] : shape;
  const { layer, width, embedding } = encoderOf(given, items);
  const { parameters, buffers } = layer;
  const common = { parameters, buffers, width, spec: given, shape: items };
  const points = embedding.length === 2;
  if (whole !== points)
    throw new InputError(
      whole
        ? `encoder "${chosen.kind}" makes one embedding of a whole sequence, but every window needs its own; take pointwise or context`
        : `encoder "${chosen.kind}" makes an embedding for every point of a window, but a window needs one; take inception-time, resnet-1d or dilated (pool max), or --features stft`,
    );
  if (!whole) return { ...common, alone: true, embed: (x, scope) => layer.apply(x, scope) };
  const [features] = shape;
  return {
    ...common,
    alone: false,
    embed(x, scope) {
      const sequences = Number(x.shape[0]) / steps;
      const series = transpose(reshape(x, [sequences, steps, features]), [0, 2, 1]);
      return reshape(transpose(layer.apply(series, scope), [0, 2, 1]), [sequences * steps, width]);
    },
  };
}

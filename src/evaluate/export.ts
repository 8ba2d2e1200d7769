import { array, type NdArray } from '../array/array.ts';
import type { Column, ColumnCoding, Preprocessing } from '../data/dataset.ts';
import { FARTHEST } from '../data/preprocess.ts';
import {
  add,
  cast,
  clip,
  concat,
  constant,
  cos,
  div,
  fmod,
  input,
  isNan,
  mul,
  oneHotText,
  reshape,
  sin,
  sub,
  where,
} from '../graph/ops/index.ts';
import type { Tensor } from '../graph/tensor.ts';
import { encodeModel } from '../onnx/encode.ts';
import type { TrainedNet, TrainingPlan } from '../train/plan.ts';
import { modelMetadata, modelOutputs } from './export-net.ts';

/** What a model file is made of. */
export interface TrainedModel {
  readonly plan: TrainingPlan;
  readonly preprocessing: Preprocessing;
  readonly net: TrainedNet;
}

/** The text that stands for a missing category in an exported model's input. */
export const MISSING_TEXT = '';

/**
 * A trained net as one ONNX file with its preprocessing inside: raw columns go in, class probabilities come out.
 *
 * Inputs, one a column, [rows, 1]: numbers as float64 (NaN where missing, true/false as 1/0), categories as text (empty
 * where missing), dates as float64 seconds since 1970-01-01T00:00:00Z (NaN where missing).
 * Outputs: `probabilities` float32 [rows, C], classes in the order of the metadata key `classes`, and `embeddings`.
 * The operating point is inside: softmax(z + gamma log pi).
 *
 * @param gamma decision constant, with the method's own offset already added
 */
export function exportModel(
  { net, plan, preprocessing }: TrainedModel,
  classes: readonly string[],
  gamma: number,
): Uint8Array<ArrayBuffer> {
  const trained = { plan, net, classes, gamma };
  const inputs = preprocessing.codings.map(({ column, kind }) => ({ column, kind }));
  return encodeModel(modelOutputs(trained, preprocess(preprocessing)), modelMetadata(trained, inputs));
}

/** Raw columns to the net's inputs [rows, width]: the same rules, in the same precision, as `applyPreprocessing`. */
function preprocess({ codings }: Preprocessing): Tensor {
  return concat(codings.flatMap(code), 1);
}

function code(coding: ColumnCoding): Tensor[] {
  if (coding.kind === 'category') {
    const raw = input(coding.column, ['rows', 1], 'string');
    const levels = coding.indicator ? [...coding.levels, MISSING_TEXT] : coding.levels;
    return levels.length > 0 ? [reshape(oneHotText(raw, levels), ['rows', levels.length])] : [];
  }
  const raw = input(coding.column, ['rows', 1], 'float64');
  const missing = isNan(raw);
  const indicator = coding.indicator ? [cast(missing, 'float32')] : [];
  if (coding.kind === 'number') {
    const value = where(missing, coding.fill, raw);
    const standard = cast(div(sub(value, coding.mean), coding.scale), 'float32');
    return [clip(standard, -FARTHEST, FARTHEST), ...indicator];
  }
  return [...[86400, 604800].flatMap((period) => wave(raw, missing, period)), ...indicator];
}

/** Sine and cosine of the place within a period of seconds; zeros where missing. */
function wave(seconds: Tensor, missing: Tensor, period: number): Tensor[] {
  const known = where(missing, 0, seconds);
  const length = constant(array('float64', [], new Float64Array([period])));
  // The remainder has the sign of the dividend: one more period makes it positive for dates before 1970.
  const within = fmod(add(fmod(known, length), length), length);
  const angle = cast(mul(within, (2 * Math.PI) / period), 'float32');
  const there = sub(1, cast(missing, 'float32'));
  return [mul(sin(angle), there), mul(cos(angle), there)];
}

/** Rows of a table in the form that an exported model takes: one feed a column, [rows, 1]. */
export function rawInputs(
  { codings }: Preprocessing,
  columns: readonly Column[],
  rows: ArrayLike<number>,
): Record<string, NdArray> {
  const indices = Array.from(rows);
  return Object.fromEntries(
    codings.map(({ column: name }) => {
      const column = columns.find((c) => c.name === name);
      if (!column) throw new RangeError(`exported model: the table has no column "${name}"`);
      const shape = [indices.length, 1];
      return [
        name,
        column.kind === 'category'
          ? array(
              'string',
              shape,
              indices.map((i) => column.levels[column.codes[i]] ?? MISSING_TEXT),
            )
          : array(
              'float64',
              shape,
              Float64Array.from(indices, (i) => column.values[i]),
            ),
      ];
    }),
  );
}

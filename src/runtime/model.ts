import { InputError } from '../array/errors.ts';
import { describeModel, type ModelDescription } from '../onnx/decode.ts';
import { type ColumnInput, type Columns, inputOf, type ModelInput, type NumbersInput, rowsIn } from './model-inputs.ts';
import { feed, loadModel, read, type SessionOptions } from './session.ts';

/** A model file of a pilot, ready to answer. */
export interface Model {
  readonly inputs: readonly ModelInput[];
  readonly classes: readonly string[];
  /**
   * Probabilities of the classes, in their order: one Float32Array [C] a row, adding up to 1. Where the model answers at
   * every point in time: [points x C] a row, point by point.
   *
   * Of a table: numbers are numbers (true and false are 1 and 0), categories text, dates `Date` or seconds since
   * 1970-01-01T00:00:00Z. Of pictures and series: flat numbers in the order of the input's shape, item after item.
   * @throws InputError when an input is missing, holds another kind of value or has another length
   */
  predict(columns: Columns): Promise<Float32Array[]>;
  release(): Promise<void>;
}

/** Makes a model of the bytes of a `models/*.onnx` file. @throws InputError when they are none */
export async function openModel(bytes: Uint8Array, options: SessionOptions = {}): Promise<Model> {
  const { inputs, classes } = described(bytes);
  const program = await loadModel<'probabilities'>(bytes, options);
  return {
    inputs,
    classes,
    async predict(columns) {
      const rows = rowsIn(inputs, columns);
      if (rows === 0) return [];
      const feeds = Object.fromEntries(
        inputs.map((input) => [input.column, feed(inputOf(input, columns[input.column], rows))]),
      );
      const { probabilities } = await program.run(feeds, { probabilities: null });
      const all = read(probabilities, 'float32');
      const width = all.length / rows;
      return Array.from({ length: rows }, (_, i) => all.slice(i * width, (i + 1) * width));
    },
    release: () => program.release(),
  };
}

function described(bytes: Uint8Array): { inputs: ModelInput[]; classes: string[] } {
  let model: ModelDescription;
  try {
    model = describeModel(bytes);
  } catch {
    throw new InputError('model: these bytes are no ONNX model; take a file from the folder "models" of a pilot');
  }
  const { inputs, classes } = model.metadata;
  if (inputs === undefined || classes === undefined)
    throw new InputError('model: not exported by a pilot (no classes are named); take a file from its folder "models"');
  const named: readonly (ColumnInput | Pick<NumbersInput, 'column' | 'kind'>)[] = JSON.parse(inputs);
  return { inputs: named.map((input) => complete(input, model)), classes: JSON.parse(classes) };
}

/** With the shape and type that the file tells of pictures and series. */
function complete(
  input: ColumnInput | Pick<NumbersInput, 'column' | 'kind'>,
  { inputs }: ModelDescription,
): ModelInput {
  const { column, kind } = input;
  if (kind === 'number' || kind === 'category' || kind === 'date') return { column, kind };
  const told = inputs.find(({ name }) => name === column);
  if (!told)
    throw new InputError(`model: its description names "${column}", which it does not take; the file is damaged`);
  const shape = told.shape.slice(kind === 'of the recording' ? 0 : 1).map(Number);
  return { column, kind, shape, dtype: told.dtype };
}

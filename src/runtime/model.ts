import { array, type NdArray } from '../array/array.ts';
import { InputError, nearest } from '../array/errors.ts';
import { describeModel } from '../onnx/decode.ts';
import { feed, loadModel, read, type SessionOptions } from './session.ts';

/** One value of a column; null or undefined where missing (so is NaN in numbers and '' in categories). */
export type Cell = number | string | boolean | Date | null | undefined;

/** A table as plain columns by name, all of one length. Columns that the model does not know are left aside. */
export type Columns = Readonly<Record<string, ArrayLike<Cell>>>;

/** A column that the model wants. */
export interface ModelInput {
  readonly column: string;
  readonly kind: 'number' | 'category' | 'date';
}

/** A model file of a pilot, ready to answer. */
export interface Model {
  readonly inputs: readonly ModelInput[];
  readonly classes: readonly string[];
  /**
   * Probabilities of the classes, in their order: one Float32Array [C] a row, adding up to 1.
   * Numbers are numbers (true and false are 1 and 0), categories text, dates `Date` or seconds since
   * 1970-01-01T00:00:00Z.
   * @throws InputError when a column is missing, holds another kind of value or has another length
   */
  predict(columns: Columns): Promise<Float32Array[]>;
  release(): Promise<void>;
}

/** Makes a model of the bytes of a `models/*.onnx` file. @throws InputError when they are none */
export async function openModel(bytes: Uint8Array, options: SessionOptions = {}): Promise<Model> {
  const { inputs, classes } = metadataOf(bytes);
  const program = await loadModel<'probabilities'>(bytes, options);
  return {
    inputs,
    classes,
    async predict(columns) {
      const rows = lengthOf(inputs, columns);
      if (rows === 0) return [];
      const feeds = Object.fromEntries(
        inputs.map((input) => [input.column, feed(inputOf(input, columns[input.column], rows))]),
      );
      const { probabilities } = await program.run(feeds, { probabilities: null });
      const all = read(probabilities, 'float32');
      const width = classes.length;
      return Array.from({ length: rows }, (_, i) => all.slice(i * width, (i + 1) * width));
    },
    release: () => program.release(),
  };
}

function metadataOf(bytes: Uint8Array): { inputs: ModelInput[]; classes: string[] } {
  let metadata: Readonly<Record<string, string>>;
  try {
    ({ metadata } = describeModel(bytes));
  } catch {
    throw new InputError('model: these bytes are no ONNX model; take a file from the folder "models" of a pilot');
  }
  const { inputs, classes } = metadata;
  if (inputs === undefined || classes === undefined)
    throw new InputError('model: not exported by a pilot (no classes are named); take a file from its folder "models"');
  return { inputs: JSON.parse(inputs), classes: JSON.parse(classes) };
}

function lengthOf(inputs: readonly ModelInput[], columns: Columns): number {
  const [first] = inputs;
  for (const { column } of inputs) {
    if (!Object.hasOwn(columns, column)) {
      const near = nearest(column, Object.keys(columns));
      throw new InputError(
        `model: the column "${column}" is missing${near === undefined ? '' : ` (is it "${near}"?)`}; ` +
          `it wants: ${inputs.map((input) => input.column).join(', ')}`,
      );
    }
    if (columns[column].length !== columns[first.column].length)
      throw new InputError(
        `model: column "${column}" has ${columns[column].length} values, ` +
          `"${first.column}" has ${columns[first.column].length}; all must have the same number`,
      );
  }
  return first === undefined ? 0 : columns[first.column].length;
}

/** One column in the form that the model takes: [rows, 1]. */
function inputOf(input: ModelInput, cells: ArrayLike<Cell>, rows: number): NdArray {
  const shape = [rows, 1];
  const missing = (cell: Cell) => cell === null || cell === undefined;
  if (input.kind === 'category') {
    const text = (cell: Cell, row: number) => {
      if (missing(cell)) return '';
      return typeof cell === 'string' ? cell : refuse(input, cell, row);
    };
    return array('string', shape, Array.from(cells, text));
  }
  const number = (cell: Cell, row: number) => {
    if (missing(cell)) return Number.NaN;
    if (typeof cell === 'number') return cell;
    if (input.kind === 'number' && typeof cell === 'boolean') return Number(cell);
    if (input.kind === 'date' && cell instanceof Date) return cell.getTime() / 1000;
    return refuse(input, cell, row);
  };
  return array('float64', shape, Float64Array.from(Array.from(cells, number)));
}

const WANTED: Readonly<Record<ModelInput['kind'], string>> = {
  number: 'a number, true or false',
  category: 'text',
  date: 'a Date or seconds since 1970',
};

function refuse({ column, kind }: ModelInput, cell: Cell, row: number): never {
  const got = typeof cell === 'string' ? `"${cell}"` : String(cell);
  throw new InputError(`model: column "${column}", row ${row + 1}: needs ${WANTED[kind]} (null: missing), got ${got}`);
}

import { array, type DType, type NdArray, size } from '../array/array.ts';
import { InputError, nearest } from '../array/errors.ts';

/** One value of a column; null or undefined where missing (so is NaN in numbers and '' in categories). */
export type Cell = number | string | boolean | Date | null | undefined;

/**
 * A table as plain columns by name, all of one length; or whole pictures or windows of series, number after number, item
 * after item. What the model does not know is left aside.
 */
export type Columns = Readonly<Record<string, ArrayLike<Cell>>>;

/** A column of a table that the model wants. */
export interface ColumnInput {
  readonly column: string;
  readonly kind: 'number' | 'category' | 'date';
}

/** Numbers that the model wants. */
export interface NumbersInput {
  readonly column: string;
  /**
   * `pictures`: pixels, 0..255. `series`: values as measured, all finite. `of the recording`: mean or scale of each channel
   * of the recording that all the items are of.
   */
  readonly kind: 'pictures' | 'series' | 'of the recording';
  /** Of one item: [H, W, C] or [C, H, W]; [C, L] or, of T windows together, [T, C, L]. Of the recording: [C]. */
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a model wants under one name. */
export type ModelInput = ColumnInput | NumbersInput;

/**
 * How many rows the values hold.
 * @throws InputError when a column is missing, or the lengths do not fit
 */
export function rowsIn(inputs: readonly ModelInput[], columns: Columns): number {
  for (const { column } of inputs)
    if (!Object.hasOwn(columns, column)) {
      const near = nearest(column, Object.keys(columns));
      throw new InputError(
        `model: ${isTable(inputs) ? `the column "${column}"` : `"${column}"`} is missing${near === undefined ? '' : ` (is it "${near}"?)`}; ` +
          `it wants: ${inputs.map((input) => input.column).join(', ')}`,
      );
    }
  const counts = inputs.map((input) => countOf(input, columns[input.column]));
  const [first] = inputs;
  inputs.forEach(({ column }, i) => {
    if (counts[i] !== undefined && counts[i] !== counts[0])
      throw new InputError(
        `model: column "${column}" has ${counts[i]} values, "${first.column}" has ${counts[0]}; all must have the same number`,
      );
  });
  return counts[0] ?? 0;
}

const isTable = (inputs: readonly ModelInput[]) => inputs.every((input) => !('shape' in input));

/** Rows in one input; undefined where its values are those of all rows. */
function countOf(input: ModelInput, { length }: ArrayLike<Cell>): number | undefined {
  if (!('shape' in input)) return length;
  const { column, kind, shape } = input;
  const one = size(shape);
  if (kind === 'of the recording') {
    if (length === one) return undefined;
    throw new InputError(
      `model: "${column}" has length ${length}, not ${one} (a number for each channel of the recording)`,
    );
  }
  if (length % one === 0) return length / one;
  throw new InputError(
    `model: "${column}" has length ${length}, and one item has ${shape.join(' x ')} = ${one}; give whole items, one after the other`,
  );
}

/**
 * One input in the form that the model takes: [rows, 1] of a column, [rows, ...shape] of items.
 * @throws InputError naming the input, the row and the value that does not fit
 */
export function inputOf(input: ModelInput, cells: ArrayLike<Cell>, rows: number): NdArray {
  if ('shape' in input) return numbersOf(input, cells, rows);
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

function numbersOf({ column, kind, shape, dtype }: NumbersInput, cells: ArrayLike<Cell>, rows: number): NdArray {
  const pixels = kind === 'pictures';
  const fits = (cell: Cell) =>
    typeof cell === 'number' &&
    (pixels ? Number.isInteger(cell) && cell >= 0 && cell <= 255 : Number.isFinite(cell)) &&
    (column !== 'scale' || cell > 0);
  const at = Array.prototype.findIndex.call(cells, (cell: Cell) => !fits(cell));
  if (at >= 0) {
    const row = kind === 'of the recording' ? '' : `, row ${Math.floor(at / size(shape)) + 1}`;
    const wanted = pixels ? 'a whole number from 0 to 255' : `a finite number${column === 'scale' ? ' above 0' : ''}`;
    throw new InputError(`model: "${column}"${row}: needs ${wanted}, got ${String(cells[at])}`);
  }
  const whole = kind === 'of the recording' ? shape : [rows, ...shape];
  const numbers = cells as ArrayLike<number>;
  if (dtype === 'uint8') return array('uint8', whole, Uint8Array.from(numbers));
  return dtype === 'float64'
    ? array('float64', whole, Float64Array.from(numbers))
    : array('float32', whole, Float32Array.from(numbers));
}

const WANTED: Readonly<Record<ColumnInput['kind'], string>> = {
  number: 'a number, true or false',
  category: 'text',
  date: 'a Date or seconds since 1970',
};

function refuse({ column, kind }: ColumnInput, cell: Cell, row: number): never {
  const got = typeof cell === 'string' ? `"${cell}"` : String(cell);
  throw new InputError(`model: column "${column}", row ${row + 1}: needs ${WANTED[kind]} (null: missing), got ${got}`);
}

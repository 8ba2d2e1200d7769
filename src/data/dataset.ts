import type { Items } from './items/items.ts';
import type { Split } from './pictures/picture-set.ts';

/** A table in memory, column by column. Missing values: NaN in numbers and dates, -1 in category codes. */
export interface Dataset {
  /** Path as the user gave it. */
  readonly file: string;
  /** `sha256:` and the hex digest of the file's bytes. */
  readonly digest: string;
  readonly rows: number;
  readonly columns: readonly Column[];
}

export type Column = NumberColumn | CategoryColumn | DateColumn;

export interface NumberColumn {
  readonly name: string;
  readonly kind: 'number';
  /** One value a row; NaN where missing. Booleans are 0 and 1. */
  readonly values: Float64Array;
  /** The column was true/false in the file. */
  readonly boolean?: boolean;
}

export interface CategoryColumn {
  readonly name: string;
  readonly kind: 'category';
  /** Index into `levels`, -1 where missing. */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export interface DateColumn {
  readonly name: string;
  readonly kind: 'date';
  /** Seconds since 1970-01-01T00:00:00Z; NaN where missing. A value without a zone is read as UTC. */
  readonly values: Float64Array;
}

/** What is done with one column, as printed by `inspect` and stored in the result. */
export interface ColumnTreatment {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly role: 'input' | 'label' | 'group' | 'time' | 'ignored' | 'excluded';
  /** Plain sentence: "standardised", "one input a level (3)", "left out: identifier, every value differs". */
  readonly treatment: string;
  readonly missing: number;
}

/** One finding of the audit. `override` tells how to decide otherwise. */
export interface Finding {
  readonly kind: string;
  readonly column?: string;
  readonly severity: 'info' | 'warning' | 'excluded' | 'stop';
  readonly detail: string;
  readonly override?: string;
}

/** Where the items of a task come from. */
export interface TaskSource {
  /** As the user gave it; of several files the first, and how many more. */
  readonly file: string;
  /** `sha256:` and the hex digest of the bytes. */
  readonly digest: string;
  /** Rows of the table, windows or pictures, those without a label included. */
  readonly rows: number;
  /** What each item is called in messages and counts: `row`, `window`, `picture`. */
  readonly unit: 'row' | 'window' | 'picture';
}

/** A classification task: what goes in, what is to be told, what must stay together. */
export interface Task {
  readonly source: TaskSource;
  readonly items: Items;
  /** Class of every item, 0..C-1; -1 where the label is missing (never trained on nor evaluated). */
  readonly labels: Int32Array;
  /** Class names; ordered by falling count, ties by name. */
  readonly classes: readonly string[];
  /** Items of each class. */
  readonly counts: readonly number[];
  /** Group of every item (0..G-1) where items belong together. */
  readonly groups?: Int32Array;
  /** Time of every item where a time column was named. */
  readonly times?: Float64Array;
  /** Side of every item where the data comes divided and that division is to be kept. */
  readonly splits?: readonly Split[];
  readonly columns: readonly ColumnTreatment[];
  readonly audit: readonly Finding[];
}

/** One division of the labelled items. Numbers are those of all items, ascending. */
export interface Fold {
  readonly repeat: number;
  readonly fold: number;
  readonly train: Int32Array;
  /** Inner part of the training side, for early stopping and the operating point. */
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Preprocessing of one input column, fitted on training rows. JSON, and the same rules stand in the exported model.
 *
 * - number: (value - mean) / scale held within -1000..1000, missing values take `fill` first; `indicator` adds a 0/1 input "was missing".
 * - category: one 0/1 input a level; a level that training never saw gives zeros everywhere; missing is a level of its
 *   own (`indicator`) when training had missing values.
 * - date: sine and cosine of the time of day and of the day of the week (UTC), 4 inputs, zeros where missing;
 *   `indicator` as above.
 */
export type ColumnCoding =
  | { column: string; kind: 'number'; mean: number; scale: number; fill: number; indicator: boolean }
  | { column: string; kind: 'category'; levels: string[]; indicator: boolean }
  | { column: string; kind: 'date'; indicator: boolean };

export interface Preprocessing {
  readonly codings: readonly ColumnCoding[];
  /** Number of inputs of the net. */
  readonly width: number;
}

import type { Column, Dataset } from '../dataset.ts';

/** What the audit looks at: the columns that would become inputs, and the label they must not tell. */
export interface Suspects {
  readonly dataset: Dataset;
  /** Candidate inputs in the file's order. */
  readonly inputs: readonly Column[];
  readonly labelColumns: readonly Column[];
  /** Class of every row, -1 where missing. */
  readonly labels: Int32Array;
  /** Class names, the commonest first. */
  readonly classes: readonly string[];
  /** Rows with a label. */
  readonly rows: Int32Array;
}

/**
 * How a column of text becomes numbers, dates or categories, as SQL. `cell` is a VARCHAR expression.
 *
 * The rules, for the whole column and never for a sample of it:
 * - Blanks around a cell are dropped. An empty cell is missing.
 * - number: every cell is a decimal number (`12`, `-3.5`, `.5`, `1e-3`) or one of NA, N/A, null, NaN, ?, - (in any case,
 *   as a whole cell), which are missing then. Few distinct whole values leave it a number. A zero before another digit
 *   (`007`) is a code, no number: the column is a category. Decimal commas and thousands separators aren't read.
 * - boolean: every cell is `true` or `false`, in any case. `yes`, `no`, `t`, `f` are categories; 0 and 1 numbers.
 * - date: every cell is a date with the year first (`2024-01-31`, `2024/01/31`), with or without a time (`T` or blank,
 *   `10:30`, `10:30:05.25`) and a zone (`Z`, `+02:00`). Without a zone it is UTC. Day-first and month-first dates can't be
 *   told apart and stay categories.
 * - category: everything else; only the empty cell is missing then, for NA may be a name.
 * - A column without any value is a number column, all missing.
 */
export type TextKind = 'number' | 'boolean' | 'date' | 'category';

const MISSING = "('na', 'n/a', 'null', 'nan', '?', '-')";
const NUMBER = String.raw`[+-]?(?:(?:[1-9][0-9]*|0)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?`;
const INFINITE = '[+-]?inf(?:inity)?';
const DAY = '[0-9]{4}(?:-[0-9]{2}-|/[0-9]{2}/)[0-9]{2}';
const TIME = String.raw`[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?`;
const ZONE = ' ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)';

export const trimmed = (cell: string): string => `trim(${cell})`;

const [EMPTY, NUMERIC, ABSENT, BEYOND, BOOLEAN, MOMENT, OTHER] = [0, 1, 2, 3, 4, 5, 6];

/** What kind of cell it is, 0..6; one pass, cheapest and likeliest first. */
export const cellClass = (cell: string): string => {
  const value = trimmed(cell);
  return `CASE WHEN ${value} IS NULL OR ${value} = '' THEN ${EMPTY}
    WHEN regexp_full_match(${value}, '${NUMBER}') THEN ${NUMERIC}
    WHEN regexp_full_match(${value}, '${DAY}(?:[ T]${TIME}(?:${ZONE})?)?') THEN ${MOMENT}
    WHEN lower(${value}) IN ${MISSING} THEN ${ABSENT}
    WHEN lower(${value}) IN ('true', 'false') THEN ${BOOLEAN}
    WHEN regexp_full_match(lower(${value}), '${INFINITE}') THEN ${BEYOND} ELSE ${OTHER} END`;
};

/** Cells of each class, in the order {@link textKind} takes them, where `code` is the {@link cellClass} of each. */
export const tallies = (code: string): string[] =>
  [EMPTY, NUMERIC, ABSENT, BEYOND, BOOLEAN, MOMENT, OTHER].map((k) => `count(*) FILTER (WHERE ${code} = ${k})`);

/** @param onlyText the file says that these are strings (JSON): text or dates, never numbers */
export function textKind(counts: readonly number[], onlyText: boolean): TextKind {
  const rest = counts.reduce((sum, count) => sum + count, 0) - counts[EMPTY] - counts[ABSENT];
  if (rest === 0) return onlyText && counts[ABSENT] > 0 ? 'category' : 'number';
  if (counts[MOMENT] === rest) return 'date';
  if (onlyText) return 'category';
  if (counts[NUMERIC] > 0 && counts[NUMERIC] + counts[BEYOND] === rest) return 'number';
  return counts[BOOLEAN] === rest ? 'boolean' : 'category';
}

/**
 * The cell's value: DOUBLE (numbers, booleans, dates in seconds) or VARCHAR (categories), NULL where missing. A cell of the
 * right shape that has no finite value (1e999, 2024-02-30) gives infinity, for the reader to refuse.
 */
export function textValue(cell: string, kind: TextKind): string {
  const value = trimmed(cell);
  if (kind === 'category') return `nullif(${value}, '')`;
  // A time with a zone needs its seconds before DuckDB takes it.
  const withSeconds = `regexp_replace(${value}, '([ T][0-9]{2}:[0-9]{2})( ?[Z+-].*)?$', '\\1:00\\2')`;
  const parsed = {
    number: `TRY_CAST(${value} AS DOUBLE)`,
    boolean: `(lower(${value}) = 'true')::DOUBLE`,
    date: `epoch_us(TRY_CAST(${withSeconds} AS TIMESTAMPTZ)) / 1e6::DOUBLE`,
  }[kind];
  return `CASE WHEN coalesce(${value}, '') = '' OR lower(${value}) IN ${MISSING} THEN NULL
    ELSE coalesce(${parsed}, 'Infinity'::DOUBLE) END`;
}

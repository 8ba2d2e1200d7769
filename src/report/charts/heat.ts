import { type Html, html } from '../html.ts';
import { plain, type Text } from '../language.ts';
import { table } from '../table.ts';

/** The style sheet's shades, from bad to good. */
const SHADES = 6;

/** Shade of a value, 1 to 6; null for none. */
export type Shade = (value: number | null | undefined) => number | null;

/** Shades between the worst and the best of what is compared; where they are equal, the middle one. */
export function shadeBetween(worst: number | undefined, best: number | undefined): Shade {
  return (value) => {
    if (value == null || worst === undefined || best === undefined) return null;
    if (best === worst) return SHADES / 2;
    return Math.min(SHADES, 1 + Math.floor(((value - worst) / (best - worst)) * SHADES));
  };
}

/** A grid to draw: a table, its cells shaded. */
export interface Grid {
  readonly id: string;
  readonly caption: Text;
  /** Names of the rows and of the columns as they stand beside them. */
  readonly down: readonly Html[];
  readonly across: readonly Html[];
  /** The cell, as `heatCell` makes it. */
  readonly cell: (row: number, column: number) => Html;
  /** What stands below. */
  readonly below?: Html | null;
}

export function heatGrid({ id, caption, down, across, cell, below }: Grid): Html {
  const head = html`<tr><td></td>${across.map((name) => html`<th scope="col">${name}</th>`)}</tr>`;
  const rows = down.map((name, i) => html`<tr><th scope="row">${name}</th>${across.map((_, j) => cell(i, j))}</tr>`);
  return html`<div class="heat">${table(id, caption, head, html`<tbody>${rows}</tbody>`)}${below}</div>`;
}

/** @param kind how the cell came out, a class of the style sheet */
export function heatCell(level: number | null, kind: string, content: Html): Html {
  return html`<td class="cell ${level === null ? 'plain' : `shade-${level}`} ${kind}">${content}</td>`;
}

/** From which number to which the shades go, and where others lie among them. */
export function heatScale(
  id: string,
  [worst, best]: readonly [Html, Html],
  label: Text,
  others: readonly { readonly text: Html; readonly level: number | null }[],
): Html {
  const ramp = Array.from({ length: SHADES }, (_, i) => html`<span class="shade-${i + 1}"></span>`);
  const chips = others.map(
    ({ text, level }) => html` <span class="theirs ${level !== null && `shade-${level}`}">${text}</span>`,
  );
  return html`<p class="scale" id="${id}"><span>${worst}<span class="ramp" role="img" aria-label="${plain(label.en)} / ${plain(label.ja)}">${ramp}</span>${best}</span>${chips}</p>`;
}

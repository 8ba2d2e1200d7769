import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Html, html, trusted } from '../html.ts';
import { type Language, languages, plain, say, type Text } from '../language.ts';

/** The little that is needed of the document's elements. */
interface Element {
  readonly outerHTML: string;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}

/** Widths, in CSS pixels, at which every chart is drawn: a telephone, and everything from a tablet up to paper. */
const widths = { narrow: 330, wide: 760 };

/** A chart to draw: `draw` gives Plot's options in one language at one width. */
export interface Chart {
  readonly caption: Text;
  /** What the chart shows, for those who cannot see it; the numbers stand in a table beside it. */
  readonly label: Text;
  readonly legend?: Html;
  readonly draw: (language: Language, width: number) => Plot.PlotOptions;
  /** Nothing in the drawing is in a language: one does for all. */
  readonly wordless?: boolean;
}

/** A figure with its caption. Each language and each width is a drawing of its own; the page's style shows one. */
export function chart({ caption, label, legend, draw, wordless = false }: Chart): Html {
  if (wordless) return wordlessChart({ caption, label, legend, draw });
  const drawings = languages.flatMap((language) =>
    Object.entries(widths).map(
      ([size, width]) =>
        html`<div class="${language} ${size}" lang="${language}" role="img" aria-label="${plain(label[language])}">${svg(draw(language, width), width)}</div>`,
    ),
  );
  return html`<figure class="chart">${legend}${drawings}<figcaption>${say(caption)}</figcaption></figure>`;
}

/** Where the drawing itself says nothing, its label does in both languages. */
function wordlessChart({ caption, label, legend, draw }: Omit<Chart, 'wordless'>): Html {
  const said = languages.map((language) => plain(label[language])).join(' / ');
  const drawings = Object.entries(widths).map(
    ([size, width]) =>
      html`<div class="${size}" role="img" aria-label="${said}">${svg(draw('en', width), width)}</div>`,
  );
  return html`<figure class="chart">${legend}${drawings}<figcaption>${say(caption)}</figcaption></figure>`;
}

/** Attributes that place things: hundredths of a pixel are enough. */
const placing = ['cx', 'cy', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height', 'd', 'transform'];

/** Plot's drawing as SVG text, without the styles it brings (the page forbids styles that are not its own). */
function svg(options: Plot.PlotOptions, width: number): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawing = Plot.plot({ ...options, width, document, className: 'plot' }) as unknown as Element;
  for (const style of drawing.querySelectorAll('style')) style.remove();
  for (const element of [drawing, ...drawing.querySelectorAll('*')]) {
    for (const name of ['style', 'aria-label', 'aria-hidden', 'aria-description']) element.removeAttribute(name);
    for (const name of placing) {
      const value = element.getAttribute(name);
      if (value?.includes('.')) element.setAttribute(name, value.replace(/\d+\.\d{3,}/g, shorter));
    }
  }
  return trusted(drawing.outerHTML);
}

const shorter = (number: string) => String(Math.round(100 * Number(number)) / 100);

/** `name` cut to `length` characters, wide ones counting double; the full name stands in the table. */
export function short(name: string, length: number): string {
  let left = length;
  let kept = '';
  for (const character of name.replace(/\s+/g, ' ')) {
    left -= (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
    if (left < 0) return `${kept.slice(0, -1)}…`;
    kept += character;
  }
  return kept;
}

/** A and B over the panels of a chart that shows both. @param facet along which they stand */
export function armHeadings(facet: 'fx' | 'fy') {
  return Plot.text(['A', 'B'], {
    [facet]: (arm: string) => arm,
    frameAnchor: 'top-left',
    dy: -16,
    fontSize: 12.5,
    fontWeight: 600,
    text: (arm: string) => arm,
  });
}

/** `name` on one line of `length` characters or on two, broken at a space where there is one. */
export function onTwoLines(name: string, length: number): string {
  const first = short(name, length);
  if (first === name) return name;
  const fits = first.slice(0, -1);
  const space = fits.lastIndexOf(' ');
  const end = space > 0 ? space : fits.length;
  return `${name.slice(0, end)}\n${short(name.slice(end).trim(), length)}`;
}

import { type Html, html } from './html.ts';
import { fill, say, type Text } from './language.ts';
import { known } from './text/known.ts';
import { words } from './text/words.ts';

/** Collects the notes of one table, so that equal reasons share one mark. */
export interface Notes {
  /** The raised mark that leads to the note. */
  mark(reason: string | Text): Html;
  /** The notes as a list, to stand below the table; nothing when there are none. */
  list(): Html | null;
}

/** Notes whose marks are `prefix` and a number. */
export function footnotes(prefix: string): Notes {
  const seen = new Map<string, Text>();
  return {
    mark(reason) {
      const text = typeof reason === 'string' ? known(reason) : reason;
      seen.set(text.en.html, text);
      const number = [...seen.keys()].indexOf(text.en.html) + 1;
      return html`<sup><a class="mark" href="#note-${prefix}-${number}">${number}</a></sup>`;
    },
    list() {
      if (seen.size === 0) return null;
      const items = [...seen.values()].map((text, i) => html`<li id="note-${prefix}-${i + 1}">${say(text)}</li>`);
      return html`<div class="notes"><p>${say(fill(words.notes))}</p><ol>${items}</ol></div>`;
    },
  };
}

import type { Estimate } from '../pilot/result.ts';
import type { AnyArm } from './arms.ts';
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

/** Notes whose marks are `prefix` and a number; `said` is a reason that the table tells elsewhere: it gets no mark. */
export function footnotes(prefix: string, said?: string): Notes {
  const seen = new Map<string, Text>();
  const silent = said === undefined ? undefined : known(said).en.html;
  return {
    mark(reason) {
      const text = typeof reason === 'string' ? known(reason) : reason;
      if (text.en.html === silent) return html``;
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

/** The numbers of these metrics that there are. */
export function estimatesOf(arms: readonly Pick<AnyArm, 'metrics'>[], metrics: readonly string[]): Estimate[] {
  const all = arms.flatMap((arm) => metrics.flatMap((metric) => arm.metrics[metric] ?? []));
  return all.filter(({ value }) => value !== null);
}

/** The reason that more than half of these give: to be said once below the table. */
export function commonReason(given: readonly { readonly reason?: string }[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { reason } of given) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].find(([, count]) => count > given.length / 2)?.[0];
}

/** The line that tells this reason; nothing where there is none. */
export function unlessMarked(reason: string | undefined): Html | null {
  return reason === undefined ? null : html`<p class="hint">${say(words.unlessMarked, { reason: known(reason) })}</p>`;
}

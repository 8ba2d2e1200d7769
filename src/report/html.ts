/** A piece of finished HTML: put into a template as it stands. Everything else is escaped. */
export interface Html {
  readonly html: string;
}

/** What may stand in a template. `null`, `undefined` and `false` give nothing; lists are joined. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Template tag: every inserted value is escaped unless it is `Html` itself, for text and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = strings[0];
  values.forEach((value, i) => {
    text += render(value) + strings[i + 1];
  });
  return { html: text };
}

/** Marks `text` as HTML. Only for text written in this folder, never for anything from a result file. */
export function trusted(text: string): Html {
  return { html: text };
}

/** The escaped text of `value`. */
export function render(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  if ('html' in value) return value.html;
  return value.map(render).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** `text` with the five characters that mean something in HTML replaced by entities. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

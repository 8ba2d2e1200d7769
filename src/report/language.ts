import { type Content, type Html, html, render, trusted } from './html.ts';

/** Languages of the page, in the order of the switch. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/** One text of the dictionary; `{name}` stands for what `fill` puts there. */
export type Entry = Readonly<Record<Language, string>>;

/** A text ready to be shown, in each language. */
export type Text = Readonly<Record<Language, Html>>;

/** What may be put into an entry: a text in each language, or content that is the same in both. */
export type Filling = Text | Content;

/**
 * An entry with its places filled; what is put in is escaped like in `html`.
 * @throws RangeError when the entry names a place that `fillings` lacks
 */
export function fill(entry: Entry, fillings: Readonly<Record<string, Filling>> = {}): Text {
  const one = (language: Language): Html =>
    trusted(
      entry[language]
        .split(/\{(\w+)\}/)
        .map((part, i) => (i % 2 === 0 ? render(part) : render(inLanguage(place(fillings, part, entry), language))))
        .join(''),
    );
  return { en: one('en'), ja: one('ja') };
}

function place(fillings: Readonly<Record<string, Filling>>, name: string, entry: Entry): Filling {
  if (!Object.hasOwn(fillings, name)) throw new RangeError(`report: nothing for {${name}} in "${entry.en}"`);
  return fillings[name];
}

/** The side of `filling` in `language`. */
export function inLanguage(filling: Filling, language: Language): Content {
  return isText(filling) ? filling[language] : filling;
}

function isText(filling: Filling): filling is Text {
  return typeof filling === 'object' && filling !== null && 'en' in filling && 'ja' in filling;
}

/** The same content in both languages. */
export function same(content: Content): Text {
  return { en: html`${content}`, ja: html`${content}` };
}

/** Texts one after another, `between` them; `between` differs by language as lists do. */
export function join(texts: readonly Text[], between: Entry): Text {
  const one = (language: Language) =>
    html`${texts.map((text, i) => [i > 0 && between[language], text[language]] as const)}`;
  return { en: one('en'), ja: one('ja') };
}

/** The text with an English capital in front. */
export function capital(text: Text): Text {
  const english = text.en.html;
  return { en: trusted(english.charAt(0).toUpperCase() + english.slice(1)), ja: text.ja };
}

/** Both languages as HTML; the page's style hides the one that is not chosen. Once where they are equal. */
export function say(text: Text | Entry, fillings?: Readonly<Record<string, Filling>>): Html {
  const { en, ja } = typeof text.en === 'string' ? fill(text as Entry, fillings) : (text as Text);
  if (en.html === ja.html) return en;
  return html`<span class="en" lang="en">${en}</span><span class="ja" lang="ja">${ja}</span>`;
}

/** Text alone, for attributes that take no tags. */
export function plain(content: Html): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return content.html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name]);
}

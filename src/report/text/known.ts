import { html } from '../html.ts';
import { capital, type Text } from '../language.ts';
import { sentences } from './sentences.ts';

/**
 * A free sentence of the result in both languages. What has no Japanese stays English there and is marked as English;
 * what is no sentence at all (a flag) is the same in both.
 */
export function known(sentence: string): Text {
  const en = html`${sentence}`;
  if (isFlags(sentence)) return { en, ja: en };
  const japanese = translate(sentence);
  return capital({ en, ja: japanese === null ? html`<span lang="en">${sentence}</span>` : html`${japanese}` });
}

/** A source, which of several files names the first. */
export function fileName(file: string): Text {
  const found = /^(.+) and (\d+) more$/s.exec(file);
  return { en: html`${file}`, ja: found ? html`${found[1]} ほか ${found[2]} 件` : html`${file}` };
}

/** Flags alone, as `--window, --hop` or `--keep "a b"`, are no sentence. */
export const isFlags = (text: string): boolean =>
  /^--[\w-]+(, --[\w-]+)*$/.test(text) || /^--[\w-]+ (\S+|".*")$/s.test(text);

/** `sentence` in Japanese; sentences joined by semicolons one by one; null where nothing fits. */
export function translate(sentence: string): string | null {
  for (const [pattern, japanese] of sentences) {
    const found = pattern.exec(sentence);
    if (found !== null)
      return japanese.replace(/\{(\d)\}/g, (_, i: string) => {
        const part = found[Number(i)];
        // What stands in quotes is a name, and a class may be called "training".
        return (sentence.includes(`"${part}"`) ? null : translate(part)) ?? part;
      });
  }
  const cut = sentence.lastIndexOf('; ');
  if (cut < 0) return null;
  const [first, last] = [translate(sentence.slice(0, cut)), translate(sentence.slice(cut + 2))];
  return first === null || last === null ? null : `${first}。${last}`;
}

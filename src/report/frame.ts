import { createHash } from 'node:crypto';
import { type Content, type Html, html, trusted } from './html.ts';
import { type Language, languages, plain, say, type Text } from './language.ts';
import { style } from './style.ts';
import { pageTexts } from './text/page.ts';
import { words } from './text/words.ts';

/** One page: what it is called, what it says first, and its numbered sections. */
export interface Page {
  readonly lang: Language;
  readonly title: Text;
  readonly brand: Text;
  /** What stands beside the brand. */
  readonly about: Content;
  readonly started: string;
  readonly version: string;
  /** Holds the page's `h1`, whose id is `verdict-title`. */
  readonly first: Html;
  readonly sections: readonly { readonly id: string; readonly title: Text; readonly body: Html }[];
  readonly footer: Text;
  /** Beside the style sheet that all pages share. */
  readonly extraStyle?: string;
}

/** The page as one document without scripts, whose policy allows its own style sheet and nothing else. */
export function pageHtml(page: Page): string {
  const { lang, title, brand, about, started, version, first, sections, footer, extraStyle = '' } = page;
  const css = style(lang) + extraStyle;
  const hash = createHash('sha256').update(css).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Evenhand ${version}">
<title>${plain(title[lang])}</title>
<style>${trusted(css)}</style>
</head>
<body>
<a class="skip" href="#report">${say(words.skip)}</a>
<header><p class="brand"><strong>${say(brand)}</strong><span>${about}</span><span><time datetime="${started}">${started.slice(0, 10)}</time></span></p>${languageSwitch(lang)}</header>
<main id="report">
<section class="verdict" id="verdict" aria-labelledby="verdict-title">${first}</section>
<nav class="contents" aria-labelledby="contents"><p id="contents">${say(words.contents)}</p><ol>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${say(name)}</a></li>`)}</ol></nav>
${sections.map(({ id, title: name, body }, i) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><span class="number">${i + 1}</span> ${say(name)}</h2>${body}</section>\n`)}</main>
<footer><p>${say(footer)}</p></footer>
</body>
</html>
`.html;
}

function languageSwitch(lang: Language): Html {
  const names = { en: pageTexts.titleEn, ja: pageTexts.titleJa };
  const choices = languages.map(
    (language) =>
      html`<input type="radio" name="language" id="show-${language}" autocomplete="off"${language === lang && trusted(' checked')}><label for="show-${language}" lang="${language}">${names[language]}</label>`,
  );
  return html`<fieldset class="languages"><legend>Language / 言語</legend>${choices}</fieldset>`;
}

import { type Html, html, trusted } from '../html.ts';
import { say, type Text } from '../language.ts';
import type { Standing } from './numbers.ts';
import { standings } from './texts.ts';

/** How a setting came out, in sign and word. */
export function standingMark(standing: Standing, word: Text | undefined = undefined): Html {
  const { sign, word: usual } = standings[standing];
  return html`<span class="state ${standing}"><span class="glyph" aria-hidden="true">${sign}</span> ${say(word ?? usual)}</span>`;
}

const drawings = {
  good: '<rect x="2.5" y="2.5" width="9" height="9" class="sign-good"/>',
  poor: '<path d="M3 3L11 11M11 3L3 11" class="sign-poor"/>',
  early: '<circle cx="7" cy="7" r="4.5" class="sign-early"/>',
  unknown: '<path d="M7 1.5L12.5 11.5L1.5 11.5Z" class="sign-unknown"/>',
  mean: '<path d="M0 7H14" class="sign-mean"/>',
  baseline: '<path d="M0 2H14V12H0Z" class="sign-band"/><path d="M0 7H14" class="sign-line"/>',
} as const;

/** The sign of a mark in the charts, for their legend. */
export function chartSign(kind: keyof typeof drawings): Html {
  return html`<svg class="sign" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${trusted(drawings[kind])}</svg>`;
}

import type { Result } from '../../pilot/result.ts';
import { type AnyArm, pair } from '../arms.ts';
import { figure } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { table } from '../table.ts';
import { confusionTexts } from '../text/confusion.ts';
import { methodName } from '../text/names.ts';

/** Shares of the row from which each shade begins. */
const shades = [0.005, 0.05, 0.2, 0.4, 0.6, 0.8];

/** Confusion matrices of A and B. */
export function confusionSection(result: Result): Html {
  const { a, b, aPath, bPath } = pair(result);
  const probe = result.task === 'represent' && html`<p>${say(confusionTexts.byProbe)}</p>`;
  return html`${probe}<p>${say(confusionTexts.intro)}</p><p class="shades"><span>${say(confusionTexts.legend)}</span> ${shades.map((least, i) => html`<span class="shade-${i + 1}">${i === 0 ? '>0' : `≥ ${Math.round(100 * least)}`} %</span>`)}</p><div class="two">${matrix(result, a, aPath, 'A')}${matrix(result, b, bPath, 'B')}</div>`;
}

function matrix(result: Result, arm: AnyArm, path: string, letter: string): Html {
  const names = arm.classes.map(({ name }) => name);
  const head = html`<tr><td class="soft">${say(confusionTexts.corner)}</td>${names.map((name) => html`<th scope="col" class="num">${name}</th>`)}</tr>`;
  const rows = arm.confusion.map((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map(
      (count, j) =>
        html`<td class="num shade-${shade(total === 0 ? 0 : count / total)}${i === j && ' right'}">${figure(result, `${path}/confusion/${i}/${j}`, 'tenths')}</td>`,
    );
    return html`<tr><th scope="row">${names[i]}</th>${cells}</tr>`;
  });
  const caption = fill(confusionTexts.caption, { arm: letter, method: methodName(arm.method) });
  return html`<div class="matrix">${table(`table-confusion-${letter.toLowerCase()}`, caption, head, html`<tbody>${rows}</tbody>`)}</div>`;
}

function shade(share: number): number {
  return shades.filter((least) => share >= least).length;
}

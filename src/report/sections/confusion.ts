import type { Result } from '../../pilot/result.ts';
import { type AnyArm, pair } from '../arms.ts';
import { figure, format } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { pointer } from '../pointer.ts';
import { column, table } from '../table.ts';
import { confusionTexts } from '../text/confusion.ts';
import { methodName } from '../text/names.ts';
import { mostListed } from './chosen.ts';

/** Shares of the row from which each shade begins. */
const shades = [0.005, 0.05, 0.2, 0.4, 0.6, 0.8];

/** Confusions listed of an arm where there are too many classes for a matrix. */
const mostConfusions = 20;

/** Confusion matrices of A and B; of many classes what is most often taken for what. */
export function confusionSection(result: Result): Html {
  const { a, b, aPath, bPath } = pair(result);
  const probe = result.task === 'represent' && html`<p>${say(confusionTexts.byProbe)}</p>`;
  const classes = a.classes.length;
  if (classes > mostListed)
    return html`${probe}<p>${say(confusionTexts.listIntro, { classes: classes.toLocaleString('en') })}</p><div class="two">${list(result, a, aPath, 'A')}${list(result, b, bPath, 'B')}</div>`;
  return html`${probe}<p>${say(confusionTexts.intro)}</p><p class="shades"><span>${say(confusionTexts.legend)}</span> ${shades.map((least, i) => html`<span class="shade-${i + 1}">${i === 0 ? '>0' : `≥ ${Math.round(100 * least)}`} %</span>`)}</p><div class="two">${matrix(result, a, aPath, 'A')}${matrix(result, b, bPath, 'B')}</div>`;
}

function list(result: Result, arm: AnyArm, path: string, letter: string): Html {
  const head = html`<tr>${column(fill(confusionTexts.trueClass), 'text')}${column(fill(confusionTexts.answer), 'text')}${column(fill(confusionTexts.items))}${column(fill(confusionTexts.share))}</tr>`;
  const rows = confusionsOf(arm, path)
    .slice(0, mostConfusions)
    .map(({ from, to, items, at }) => {
      const share = format(items / arm.classes[from].evaluated, 'percent');
      return html`<tr><th scope="row">${arm.classes[from].name}</th><td class="name">${arm.classes[to].name}</td><td class="num">${figure(result, at, 'tenths')}</td><td class="num">${share} %</td></tr>`;
    });
  const caption = fill(confusionTexts.caption, { arm: letter, method: methodName(arm.method) });
  return html`<div>${table(`table-confusion-${letter.toLowerCase()}`, caption, head, html`<tbody>${rows}</tbody>`)}</div>`;
}

/** Wrong answers, the most frequent first, with their addresses: as the file lists them, or taken from its matrix. */
function confusionsOf(arm: AnyArm, path: string): { from: number; to: number; items: number; at: string }[] {
  if (arm.confusions)
    return arm.confusions.map((one, i) => ({
      from: one.true,
      to: one.predicted,
      items: one.items,
      at: `${path}${pointer('confusions', i, 'items')}`,
    }));
  return arm.confusion
    .flatMap((row, from) =>
      row.map((items, to) => ({ from, to, items, at: `${path}${pointer('confusion', from, to)}` })),
    )
    .filter(({ from, to, items }) => from !== to && items > 0)
    .sort((one, other) => other.items - one.items);
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

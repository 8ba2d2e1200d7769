import type { Representation } from '../../pilot/result.ts';
import { trainingChart } from '../charts/training.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { footnotes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, numberCell, table } from '../table.ts';
import { trainingTexts as t } from '../text/training.ts';
import { words } from '../text/words.ts';
import { methodCell } from './arms.ts';

/** Where the variance goes while the encoders learn: why clusters may look good on a poor representation. */
export function trainingSection(result: Representation): Html {
  const notes = footnotes('training');
  const head = html`<tr>${column(fill(words.method), 'text')}${[t.firstStep, t.firstShare, t.firstRank, t.lastStep, t.lastShare, t.lastRank].map((text) => column(fill(text)))}</tr>`;
  const rows = result.arms.map(({ looks, ...arm }, i) => {
    if (looks.length === 0) return null;
    const cells = [0, looks.length - 1].map((look) => {
      const path = pointer('arms', i, 'looks', look);
      return html`${numberCell(result, `${path}/step`, 'count', notes)}${numberCell(result, `${path}/largestShare`, 'percent', notes)}${numberCell(result, `${path}/effectiveRank`, 'tenths', notes)}`;
    });
    return html`<tr class="${arm.role}">${methodCell(result.arms[i])}${cells}</tr>`;
  });
  return html`<p>${say(t.intro)}</p>${trainingChart(result.arms)}${table('table-training', fill(t.tableCaption), head, html`<tbody>${rows}</tbody>`, notes)}`;
}

/** Whether anything was trained and looked at. */
export function hasLooks({ arms }: Representation): boolean {
  return arms.some(({ looks }) => looks.length > 0);
}

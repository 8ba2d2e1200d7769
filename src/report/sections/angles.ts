import type { Angles, Classification } from '../../pilot/result.ts';
import { pair } from '../arms.ts';
import { angleChart, angleShade, angleShades } from '../charts/angles.ts';
import { dash, figure } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { table } from '../table.ts';
import { angleTexts as t } from '../text/course.ts';
import { words } from '../text/words.ts';

/** Classes up to which the numbers are written into the cells. */
const mostWritten = 12;

type Kind = Exclude<keyof Angles, 'classes'>;

/** Angles between the classes under A and B; nothing where the file has none. */
export function anglesSection(result: Classification): Html | null {
  const { a, b, bPath } = pair(result);
  if (!a.angles || !b.angles || a.angles.classes.length < 2) return null;
  const [all, some] = [a.classes.length, a.angles.classes.length];
  const part = some < all && html`<p>${say(t.someClasses, { all: all.toLocaleString('en'), some })}</p>`;
  const ideal =
    b.minorityCollapse.idealAngle === null ? '–' : figure(result, `${bPath}/minorityCollapse/idealAngle`, 'degrees');
  const shades = angleShades.map(({ shade, text }) => html`<span class="shade-${shade}">${text}</span>`);
  return html`<h3>${say(t.title)}</h3><p>${say(t.intro, { ideal })}</p>${part}<p class="shades"><span>${say(t.legend)}</span> ${shades}</p>${both(result, 'evaluation')}${both(result, 'classifier')}<details><summary>${say(t.more)}</summary>${both(result, 'train')}</details>`;
}

function both(result: Classification, kind: Kind): Html {
  const { a, b, aPath, bPath } = pair(result);
  if (!a.angles || !b.angles) return html``;
  const names = a.angles.classes.map((c) => a.classes[c].name);
  if (names.length > mostWritten) {
    const of = fill(t[kind]);
    const [caption, label] = [fill(t.chartCaption, { of }), fill(t.chartLabel, { of })];
    return angleChart({ a: a.angles[kind], b: b.angles[kind], names, caption, label });
  }
  return html`<div class="two">${written(result, a.angles, aPath, 'A', kind, names)}${written(result, b.angles, bPath, 'B', kind, names)}</div>`;
}

function written(
  result: Classification,
  angles: Angles,
  path: string,
  arm: 'A' | 'B',
  kind: Kind,
  names: readonly string[],
): Html {
  const head = html`<tr><td></td>${names.map((name) => html`<th scope="col" class="num">${name}</th>`)}</tr>`;
  const rows = names.map((name, i) => {
    const cells = names.map((_, j) => {
      if (i === j) return html`<td class="num"></td>`;
      const angle = angles[kind][i][j];
      const shade = angleShade(angle);
      const shown = angle === null ? dash(words.noNumber) : figure(result, `${path}/angles/${kind}/${i}/${j}`, 'count');
      return html`<td class="num${shade > 0 && ` shade-${shade}`}">${shown}</td>`;
    });
    return html`<tr><th scope="row">${name}</th>${cells}</tr>`;
  });
  const caption = fill(t.caption, { arm, of: fill(t[kind]) });
  return html`<div class="matrix">${table(`table-angles-${kind}-${arm.toLowerCase()}`, caption, head, html`<tbody>${rows}</tbody>`)}</div>`;
}

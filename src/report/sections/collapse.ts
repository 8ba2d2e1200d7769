import type { Classification, Collapse, Result } from '../../pilot/result.ts';
import { listedArms, pair } from '../arms.ts';
import type { Format } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { footnotes, type Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, numberCell, table } from '../table.ts';
import { collapseTexts as t } from '../text/collapse.ts';
import { words } from '../text/words.ts';
import { anglesSection } from './angles.ts';
import { methodCell } from './arms.ts';
import { chosenClasses } from './chosen.ts';
import { courseSection } from './course.ts';
import { mapSection } from './map.ts';

const measures = [
  'nc1Balanced',
  'nc1Pooled',
  'nc2NormMeans',
  'nc2AngleMeans',
  'nc2NormClassifier',
  'nc2AngleClassifier',
  'nc3',
  'nc4',
] as const satisfies readonly (keyof Collapse)[];

/** Neural collapse: what each number means, all methods, each class under A and B, minority collapse; course, angles, maps. */
export function collapseSection(result: Classification): Html {
  const terms = [
    [t.nc1, t.nc1Is],
    [t.nc2, t.nc2Is],
    [t.nc3, t.nc3Is],
    [t.nc4, t.nc4Is],
  ] as const;
  return html`<p>${say(t.intro)}</p><dl class="terms">${terms.map(([term, is]) => html`<div><dt>${say(term)}</dt><dd>${say(is)}</dd></div>`)}</dl>${measuresTable(result)}${perClass(result)}${minority(result)}${courseSection(result)}${anglesSection(result)}${mapSection(result)}`;
}

function measuresTable(result: Classification): Html {
  const notes = footnotes('collapse');
  const group = (text: Html, span: number) => html`<th scope="colgroup" colspan="${span}" class="num">${text}</th>`;
  const head = html`<tr><th rowspan="2" scope="col">${say(words.method)}</th>${group(say(t.nc1), 2)}${group(html`${say(t.nc2)} ${say(t.means)}`, 2)}${group(html`${say(t.nc2)} ${say(t.classifier)}`, 2)}<th rowspan="2" scope="col" class="num">${say(t.nc3)}</th><th rowspan="2" scope="col" class="num">${say(t.nc4)}, %</th></tr><tr>${[t.balanced, t.pooled, t.lengths, t.angles, t.lengths, t.angles].map((text) => column(fill(text)))}</tr>`;
  const body = (['train', 'evaluation'] as const).map((part) => {
    const rows = listedArms(result).map(({ arm, i }) => {
      const path = pointer('arms', i, 'collapse', part);
      const own = arm.collapse[part];
      return html`<tr class="${arm.role}">${methodCell(arm)}${measures.map((name) => numberCell(result, `${path}/${name}`, formatOf(name), notes, own.reason))}</tr>`;
    });
    return html`<tbody><tr class="part"><th scope="rowgroup" colspan="${1 + measures.length}">${say(t[part])}</th></tr>${rows}</tbody>`;
  });
  return table('table-collapse', fill(t.caption), head, body, notes);
}

function formatOf(name: (typeof measures)[number]): Format {
  return name === 'nc4' ? 'percent' : 'number';
}

function perClass(result: Classification): Html {
  const { a, b, aPath, bPath } = pair(result);
  const notes = footnotes('nc1');
  const arms = [
    { name: 'A', arm: a, path: aPath },
    { name: 'B', arm: b, path: bPath },
  ];
  const head = html`<tr>${column(fill(words.class), 'text')}${[t.nc1Train, t.nc1Evaluation, t.angle].map((text) => arms.map(({ name }) => column(fill(text, { arm: name }))))}</tr>`;
  const chosen = chosenClasses(result);
  const shown = chosen
    ? Object.values(chosen)
        .flat()
        .sort((one, other) => one - other)
    : [...a.classes.keys()];
  const rows = shown.map((c) => {
    const own = a.classes[c];
    const nc1 = (part: 'train' | 'evaluation') =>
      arms.map(({ arm, path }) =>
        optional(
          result,
          `${path}/collapse/${part}/nc1PerClass`,
          arm.collapse[part].nc1PerClass,
          c,
          'number',
          notes,
          arm.collapse[part].reason,
        ),
      );
    const angles = arms.map(({ arm, path }) =>
      optional(
        result,
        `${path}/minorityCollapse/perClass`,
        arm.minorityCollapse.perClass,
        c,
        'degrees',
        notes,
        arm.minorityCollapse.reason,
      ),
    );
    return html`<tr><th scope="row">${own.name}</th>${nc1('train')}${nc1('evaluation')}${angles}</tr>`;
  });
  const some = chosen && html`<p>${say(t.someClasses, { shown: shown.length, all: a.classes.length })}</p>`;
  return html`${some}${table('table-nc1', fill(t.perClassCaption), head, html`<tbody>${rows}</tbody>`, notes)}`;
}

/** A cell of a list that may be shorter than the classes. */
function optional(
  result: Result,
  path: string,
  list: readonly (number | null)[],
  c: number,
  format: Format,
  notes: Notes,
  reason?: string,
): Html {
  return c < list.length ? numberCell(result, `${path}/${c}`, format, notes, reason) : html`<td class="num">–</td>`;
}

function minority(result: Classification): Html {
  const notes = footnotes('minority');
  const head = html`<tr>${column(fill(words.method), 'text')}${column(fill(t.smallest))}${column(fill(t.pair), 'text')}${column(fill(t.ideal))}</tr>`;
  const rows = listedArms(result).map(({ arm, i }) => {
    const path = pointer('arms', i, 'minorityCollapse');
    const { pair: two, reason } = arm.minorityCollapse;
    return html`<tr class="${arm.role}">${methodCell(arm)}${numberCell(result, `${path}/smallestAngle`, 'degrees', notes, reason)}<td>${two === null ? '–' : say(t.and, { one: two[0], other: two[1] })}</td>${numberCell(result, `${path}/idealAngle`, 'degrees', notes, reason)}</tr>`;
  });
  return table('table-minority', fill(t.minorityCaption), head, html`<tbody>${rows}</tbody>`, notes);
}

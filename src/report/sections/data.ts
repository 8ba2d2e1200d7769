import type { Result } from '../../pilot/result.ts';
import { figure } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { type Entry, fill, say } from '../language.ts';
import { pointer } from '../pointer.ts';
import { column, table } from '../table.ts';
import { findingKinds, dataTexts as t } from '../text/data.ts';
import { fileName, known } from '../text/known.ts';
import { manyUnits, unitIn } from '../text/units.ts';
import { columnWords, severities, words } from '../text/words.ts';
import { pictureFacts } from './pictures.ts';
import { isWhole, seriesFacts } from './series.ts';

/** Files, classes and counts, findings of the audit, every column's treatment. */
export function dataSection(result: Result): Html {
  const numbers = {
    file: fileName(result.data.file),
    rows: figure(result, '/data/rows', 'count'),
    labelled: figure(result, '/data/labelled', 'count'),
    inputs: figure(result, '/data/inputs', 'count'),
  };
  const treated =
    result.columns.length > 0 &&
    html`<h3>${say(result.data.series ? t.channels : t.columnsTitle)}</h3>${columns(result)}`;
  return html`<p>${say(introOf(result), numbers)}</p>${seriesFacts(result)}${pictureFacts(result)}${result.data.classes.length > 0 && classes(result)}<h3>${say(t.auditTitle)}</h3>${audit(result)}${treated}`;
}

function introOf(result: Result): Entry {
  const { series, pictures } = result.data;
  if (pictures) return t.introPictures;
  if (!series) return t.intro;
  if (result.task === 'represent') return t.introRepresent;
  if (series.hop === 0) return t.introEvents;
  return isWhole(result) ? t.introWhole : t.introWindows;
}

/** Of more classes only the largest and the smallest are listed. */
const [MOST_CLASSES, LARGEST, SMALLEST] = [40, 20, 10];

function classes(result: Result): Html {
  const { data } = result;
  const divided = data.classes.every(({ train, test }) => train !== undefined && test !== undefined);
  const largest = Math.max(1, ...data.classes.map(({ count }) => count));
  const counted = [
    ['count', t.items],
    ...(divided
      ? ([
          ['train', t.train],
          ['test', t.test],
        ] as const)
      : []),
  ] as const;
  const head = html`<tr>${column(fill(words.class), 'text')}${counted.map(([, title]) => column(fill(title)))}<td class="bar"></td></tr>`;
  const many = data.classes.length > MOST_CLASSES;
  const places = [...data.classes.keys()];
  const shown = many ? [...places.slice(0, LARGEST), ...places.slice(-SMALLEST)] : places;
  const rows = shown.map((c) => {
    const { name, count } = data.classes[c];
    return html`<tr><th scope="row">${name}</th>${counted.map(([key]) => html`<td class="num">${figure(result, pointer('data', 'classes', c, key), 'count')}</td>`)}<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(0.4, (100 * count) / largest)}" height="10"/></svg></td></tr>`;
  });
  const some = many && html`<p>${say(t.someClasses, { largest: LARGEST, smallest: SMALLEST, all: places.length })}</p>`;
  const caption = fill(divided ? t.classesDivided : t.classesCaption, { units: fill(manyUnits[unitIn(data)]) });
  return html`${some}${table('table-data-classes', caption, head, html`<tbody>${rows}</tbody>`)}`;
}

function audit(result: Result): Html {
  if (result.audit.length === 0) return html`<p>${say(t.nothing)}</p>`;
  // Of pictures and most series no finding is about a column.
  const named = result.audit.some((finding) => finding.column !== undefined);
  const head = html`<tr>${column(fill(t.done), 'text')}${named && column(fill(t.where), 'text')}${column(fill(t.what), 'text')}${column(fill(t.override), 'text')}</tr>`;
  const rows = result.audit.map(({ kind, column: where, severity, detail, override }) => {
    const { sign, word } = severities[severity];
    const name = Object.hasOwn(findingKinds, kind) ? say(findingKinds[kind]) : kind;
    return html`<tr><td><span class="state ${severity}"><span class="glyph" aria-hidden="true">${sign}</span> ${say(word)}</span></td>${named && html`<td class="name">${where ?? '–'}</td>`}<td class="prose"><strong>${name}</strong><span class="ci">${say(known(detail))}</span></td><td class="prose">${override === undefined ? '–' : say(known(override))}</td></tr>`;
  });
  return table('table-audit', fill(t.auditCaption), head, html`<tbody>${rows}</tbody>`);
}

function columns(result: Result): Html {
  const [where, caption] = result.data.series ? [t.channel, t.channelsCaption] : [t.where, t.columnsCaption];
  const head = html`<tr>${column(fill(where), 'text')}${column(fill(t.kind), 'text')}${column(fill(words.role), 'text')}${column(fill(t.treatment), 'text')}${column(fill(t.missing))}</tr>`;
  const rows = result.columns.map(
    ({ name, kind, role, treatment }, i) =>
      html`<tr><th scope="row">${name}</th><td>${say(columnWords[kind])}</td><td>${say(columnWords[role])}</td><td class="prose">${say(known(treatment))}</td><td class="num">${figure(result, pointer('columns', i, 'missing'), 'count')}</td></tr>`,
  );
  return table('table-columns', fill(caption), head, html`<tbody>${rows}</tbody>`);
}

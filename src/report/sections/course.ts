import type { Classification, Course } from '../../pilot/result.ts';
import { listedArms, pair } from '../arms.ts';
import { type CourseLine, courseChart } from '../charts/course.ts';
import { type Format, figure } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { type Entry, fill, say } from '../language.ts';
import { footnotes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, numberCell, table } from '../table.ts';
import { courseTexts as t } from '../text/course.ts';
import { methodName } from '../text/names.ts';
import { words } from '../text/words.ts';
import { methodCell } from './arms.ts';

type Look = Course['looks'][number];
type OverTrials = Look['train']['nc1Balanced'];
type ClassValues = keyof NonNullable<Look['train']['perClass']>;

/** Neural collapse over the steps of training; nothing where the file has no course. */
export function courseSection(result: Classification): Html | null {
  const { a, aPath } = pair(result);
  if (!a.course) return null;
  const count = (path: string) => figure(result, `${aPath}/course/${path}`, 'count');
  const items = { train: count('items/train'), evaluation: count('items/evaluation') };
  const [all, some] = [a.classes.length, a.course.classes.length];
  const part = some < all && html`<p>${say(t.someClasses, { all: all.toLocaleString('en'), some })}</p>`;
  const looks = a.course.looks.length;
  const once = looks < 2;
  const intro = once ? fill(t.short, items) : fill(t.intro, { looks, ...items });
  return html`<h3>${say(t.title)}</h3><p>${say(intro)}</p>${part}${!once && html`${charts(result)}${firstAndLast(result)}`}<details><summary>${say(t.more)}</summary>${everyLook(result)}${eachClass(result)}</details>`;
}

function charts(result: Classification): Html {
  const { a, b, aPath } = pair(result);
  const names = { a: methodName(a.method), b: methodName(b.method) };
  const trials = figure(result, `${aPath}/course/trials`, 'count');
  const panel = (name: Entry, value: (look: Look) => OverTrials) => ({ name, lines: linesOf(result, value) });
  const nc1 = courseChart({
    panels: [
      panel(t.train, ({ train }) => train.nc1Balanced),
      panel(t.evaluation, ({ evaluation }) => evaluation.nc1Balanced),
    ],
    names,
    caption: fill(t.nc1Caption, { trials }),
    label: fill(t.nc1Label),
    unit: '',
    logarithmic: true,
  });
  const angles = courseChart({
    panels: [
      panel(t.meansTrain, ({ train }) => train.smallestAngle),
      panel(t.meansEvaluation, ({ evaluation }) => evaluation.smallestAngle),
      panel(t.classifier, ({ classifier }) => classifier.smallestAngle),
    ],
    names,
    caption: fill(t.angleCaption, { trials }),
    label: fill(t.angleLabel),
    unit: '°',
    logarithmic: false,
    ideal: idealOf(a.course?.classes.length ?? 0),
  });
  return html`${nc1}${angles}`;
}

/** The angle of the simplex of so many classes. */
function idealOf(classes: number): number | null {
  return classes < 2 ? null : (Math.acos(-1 / (classes - 1)) * 180) / Math.PI;
}

function linesOf(result: Classification, value: (look: Look) => OverTrials): CourseLine[] {
  return listedArms(result).flatMap(({ arm: { role, course } }) => {
    if (!course) return [];
    const points = course.looks.flatMap((look) => {
      const { mean, least, most } = value(look);
      return mean === null || least === null || most === null ? [] : [{ step: look.step, mean, least, most }];
    });
    return [{ kind: role === 'baseline' ? 'a' : role === 'candidate' ? 'b' : 'other', points, keptAt: course.keptAt }];
  });
}

function firstAndLast(result: Classification): Html {
  const notes = footnotes('course');
  const shown = [
    [t.nc1Train, 'train/nc1Balanced/mean', 'number'],
    [t.nc1Evaluation, 'evaluation/nc1Balanced/mean', 'number'],
    [t.angleEvaluation, 'evaluation/smallestAngle/mean', 'degrees'],
    [t.angleClassifier, 'classifier/smallestAngle/mean', 'degrees'],
  ] as const satisfies readonly (readonly [Entry, string, Format])[];
  const head = html`<tr><th rowspan="2" scope="col">${say(words.method)}</th>${shown.map(([name]) => html`<th scope="colgroup" colspan="2" class="num">${say(name)}</th>`)}<th rowspan="2" scope="col" class="num">${say(t.keptAt)}</th></tr><tr>${shown.map(() => html`${column(fill(t.first))}${column(fill(t.last))}`)}</tr>`;
  const rows = listedArms(result).map(({ arm, i }) => {
    const { course } = arm;
    if (!course) return null;
    const path = pointer('arms', i, 'course');
    const cells = shown.map(([, where, format]) =>
      [0, course.looks.length - 1].map((at) =>
        numberCell(result, `${path}/looks/${at}/${where}`, format, notes, course.reason),
      ),
    );
    return html`<tr class="${arm.role}">${methodCell(arm)}${cells}${numberCell(result, `${path}/keptAt`, 'count', notes)}</tr>`;
  });
  return table('table-course', fill(t.caption), head, html`<tbody>${rows}</tbody>`, notes);
}

function everyLook(result: Classification): Html {
  const notes = footnotes('looks');
  const shown = [
    [t.nc1Train, 'train/nc1Balanced/mean', 'number'],
    [t.nc1Evaluation, 'evaluation/nc1Balanced/mean', 'number'],
    [t.nc3Evaluation, 'evaluation/nc3', 'number'],
    [t.nc4Evaluation, 'evaluation/nc4', 'percent'],
    [t.angleEvaluation, 'evaluation/smallestAngle/mean', 'degrees'],
    [t.angleClassifier, 'classifier/smallestAngle/mean', 'degrees'],
    [t.recallTrain, 'train/macroRecall', 'percent'],
    [t.recallEvaluation, 'evaluation/macroRecall', 'percent'],
  ] as const satisfies readonly (readonly [Entry, string, Format])[];
  const head = html`<tr>${column(fill(t.step))}${shown.map(([name]) => column(fill(name)))}</tr>`;
  const bodies = armsOf(result).map(({ arm, path }, i) => {
    const rows = arm.course?.looks.map((_, at) => {
      const look = `${path}/course/looks/${at}`;
      const cells = shown.map(([, where, format]) =>
        numberCell(result, `${look}/${where}`, format, notes, arm.course?.reason),
      );
      return html`<tr><th scope="row" class="num">${figure(result, `${look}/step`, 'count')}</th>${cells}</tr>`;
    });
    return html`<tbody><tr class="part"><th scope="rowgroup" colspan="${1 + shown.length}">${'AB'[i]} ${say(methodName(arm.method))}</th></tr>${rows}</tbody>`;
  });
  return table('table-looks', fill(t.looksCaption), head, bodies, notes);
}

function eachClass(result: Classification): Html | null {
  const notes = footnotes('course-classes');
  const both = armsOf(result);
  const { course, classes } = both[0].arm;
  if (!course?.looks.at(-1)?.train.perClass || !both[1].arm.course?.looks.at(-1)?.train.perClass) return null;
  const last = course.looks.length - 1;
  const shown = [
    [t.classNc1, 'evaluation', 'nc1', 'number'],
    [t.classAngle, 'evaluation', 'angle', 'degrees'],
    [t.classRecallTrain, 'train', 'recall', 'percent'],
    [t.classRecall, 'evaluation', 'recall', 'percent'],
  ] as const satisfies readonly (readonly [Entry, 'train' | 'evaluation', ClassValues, Format])[];
  const head = html`<tr>${column(fill(words.class), 'text')}${shown.map(([name]) => both.map((_, i) => column(fill(name, { arm: 'AB'[i] }))))}</tr>`;
  const rows = course.classes.map((c, place) => {
    const cells = shown.map(([, part, value, format]) =>
      both.map(({ arm, path }) =>
        numberCell(
          result,
          `${path}/course/looks/${last}/${part}/perClass/${value}/${place}`,
          format,
          notes,
          arm.course?.reason,
        ),
      ),
    );
    return html`<tr><th scope="row">${classes[c].name}</th>${cells}</tr>`;
  });
  return table('table-course-classes', fill(t.classesCaption), head, html`<tbody>${rows}</tbody>`, notes);
}

/** A and B with their addresses. */
function armsOf(result: Classification) {
  const { a, b, aPath, bPath } = pair(result);
  return [
    { arm: a, path: aPath },
    { arm: b, path: bPath },
  ];
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseHTML } from 'linkedom';
import type { Classification } from '../../src/pilot/result.ts';
import { resolve } from '../../src/report/pointer.ts';
import { collapseSection } from '../../src/report/sections/collapse.ts';
import { fixture } from './fixture.ts';

interface Element {
  readonly textContent: string;
  readonly className: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

const sectionOf = (result: Classification): Element => {
  const { document } = parseHTML(`<!doctype html><html><body>${collapseSection(result).html}</body></html>`);
  return document.querySelector('body') as unknown as Element;
};
const all = (page: Element, selector: string) => [...page.querySelectorAll(selector)];
const paths = (page: Element) => all(page, '[data-path]').map((one) => one.getAttribute('data-path') ?? '');

/** The fixture with one arm's part changed. */
function changed(role: string, change: (arm: Classification['arms'][number]) => object): Classification {
  const result = fixture();
  return { ...result, arms: result.arms.map((arm) => (arm.role === role ? { ...arm, ...change(arm) } : arm)) };
}

describe('collapse while training', () => {
  const result = fixture();
  const section = sectionOf(result);

  test('every number shown is the one at its address; all arms, every look at A and B, every class', () => {
    const shown = all(section, '[data-path]');
    for (const one of shown)
      assert.equal(Number(one.getAttribute('data-value')), resolve(result, one.getAttribute('data-path') ?? ''));
    const found = new Set(paths(section));
    for (const i of result.arms.keys())
      for (const path of ['looks/0/train/nc1Balanced/mean', 'looks/4/evaluation/smallestAngle/mean', 'keptAt'])
        assert.ok(found.has(`/arms/${i}/course/${path}`), `arm ${i} ${path}`);
    for (const i of [0, 1]) {
      for (const look of [0, 1, 2, 3, 4]) assert.ok(found.has(`/arms/${i}/course/looks/${look}/evaluation/nc4`));
      for (const c of [0, 5]) assert.ok(found.has(`/arms/${i}/course/looks/4/evaluation/perClass/recall/${c}`));
    }
  });

  test('the number of items, of trials and of looks stands in the text; what has no number says why', () => {
    assert.match(
      section.textContent,
      /at 5 points and looked at: always the same 213 training and 164 evaluation items/,
    );
    assert.match(section.textContent, /mean over 30 trials/);
    assert.match(section.textContent, /do not predict which method finds rare classes/);
    const first = section.querySelector('#table-course')?.textContent;
    assert.ok(first);
    assert.match(section.textContent, /In some trials: no NC1 of 1 class with 1 item/);
  });

  test('A and B are lines with bands and marks, the others thin; one mark a look that has a number', () => {
    const [nc1, angles] = all(section, 'figure.chart').map((figure) => all(figure, 'div.en.wide')[0]);
    const strokes = (chart: Element, name: string) =>
      all(chart, `g[aria-label=line], g`).filter((group) => group.getAttribute('stroke') === `var(--${name})`).length;
    assert.ok(strokes(nc1, 'a') > 0 && strokes(nc1, 'b') > 0 && strokes(nc1, 'soft') > 0);
    // Two panels of five looks; three panels, the last without its first look.
    assert.equal(all(nc1, 'circle').length, 10);
    assert.equal(all(angles, 'circle').length, 14);
  });

  test('a matrix of angles has the numbers in its cells, darker where classes are near', () => {
    const table = all(section, 'table').find((one) => one.querySelector('#table-angles-evaluation-a'));
    assert.ok(table);
    const cells = all(table, 'tbody td');
    assert.equal(cells.length, 36);
    assert.equal(cells[0].textContent, '');
    // 12 degrees between the first two classes, more than 90 between the last two with an angle.
    assert.match(cells[1].className, /shade-6/);
    assert.doesNotMatch(cells[3 * 6 + 4].className, /shade-6/);
    assert.equal(cells[5].textContent, '––');
  });

  test('a map has a mark for every item and every class mean, in the colour of the class', () => {
    const figure = all(section, 'figure.chart').at(-1)!;
    const wide = all(figure, 'div.wide')[0];
    const { items, means } = result.arms[0].map!;
    assert.equal(all(wide, 'circle').length, 2 * (items + means.length));
    assert.equal(all(figure, '.legend circle').length, 6);
    assert.match(figure.textContent, new RegExp(`${items} evaluation items`));
  });
});

test('a file from before has none of it, and its other numbers stand', () => {
  const before = fixture();
  const section = sectionOf({
    ...before,
    arms: before.arms.map(({ course: _, angles: __, map: ___, ...arm }) => arm),
  });
  assert.equal(all(section, 'figure').length, 0);
  assert.ok(!paths(section).some((path) => /course|angles\/|map/.test(path)));
  assert.ok(section.querySelector('#table-collapse'));
});

test('one look alone is no course: no chart, and it says why', () => {
  const once = changed('baseline', ({ course }) => ({ course: { ...course!, looks: course!.looks.slice(-1) } }));
  const result = {
    ...once,
    arms: once.arms.map((arm) => ({ ...arm, course: { ...arm.course!, looks: arm.course!.looks.slice(-1) } })),
  };
  const section = sectionOf(result);
  assert.match(section.textContent, /too short to be looked at on the way/);
  assert.equal(all(section, 'figure').length, 1, 'the map alone');
  assert.equal(section.querySelector('#table-course'), null);
  assert.ok(paths(section).includes('/arms/1/course/looks/0/evaluation/nc4'));
});

test('more than twelve classes: squares without numbers, the rarest third on the map; names are escaped', () => {
  const base = fixture();
  const C = 15;
  const names = Array.from({ length: C }, (_, c) => (c === 3 ? '<b>3</b>' : `class ${c}`));
  const classes = names.map((_, c) => c);
  const matrix = classes.map((a) => classes.map((b) => (a === b ? 0 : 10 * Math.abs(a - b))));
  const result = {
    ...base,
    arms: base.arms.map((arm) => ({
      ...arm,
      classes: names.map((name, c) => ({ ...arm.classes[0], name, trained: 100 - c })),
      ...(arm.angles && { angles: { classes, train: matrix, evaluation: matrix, classifier: matrix } }),
    })),
  };
  const section = sectionOf(result);
  const figures = all(section, 'figure.chart');
  assert.equal(figures.length, 2 + 3 + 1);
  const squares = all(all(figures[2], 'div.wide')[0], 'rect').filter((one) => one.getAttribute('fill') === null);
  // Of each row the classes fewer than 9 places away have a shade, and the diagonal.
  const shaded = classes.flatMap((a) => classes.filter((b) => Math.abs(a - b) < 9)).length;
  assert.ok(squares.length >= 2 * shaded && squares.length <= 2 * shaded + 4, `${squares.length} for ${2 * shaded}`);
  assert.equal(section.querySelector('b'), null);
  assert.ok(!paths(section).some((path) => path.includes('/angles/')));
  const map = figures.at(-1)!;
  assert.equal(all(map, '.legend circle').length, 2);
  assert.match(map.textContent, /of 15 classes the rarest third stands out/);
});

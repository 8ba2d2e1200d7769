import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseHTML } from 'linkedom';
import { summary } from '../../src/cli/summary.ts';
import { reportHtml } from '../../src/report/index.ts';
import { resolve } from '../../src/report/pointer.ts';
import { chosenClasses } from '../../src/report/sections/chosen.ts';
import { classesSection } from '../../src/report/sections/classes.ts';
import { confusionSection } from '../../src/report/sections/confusion.ts';
import { fixture } from './fixture.ts';
import { manyFixture } from './fixture-many.ts';

interface Element {
  readonly textContent: string;
  getAttribute(name: string): string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

const parsed = (html: string): Element =>
  parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.querySelector('body') as unknown as Element;
const rows = (page: Element, selector: string) => [...page.querySelectorAll(selector)];

describe('a thousand classes', () => {
  const result = manyFixture(1000);
  const chosen = chosenClasses(result)!;
  const section = parsed(classesSection(result).html);

  test('the classes that stand out are those that change most and those found least, once each', () => {
    const [a, b] = result.arms;
    const change = (c: number) => b.classes[c].recall.value! - a.classes[c].recall.value!;
    const measurable = [...a.classes.keys()].filter((c) => a.classes[c].evaluated >= 5);
    const sorted = measurable.toSorted((one, other) => change(other) - change(one) || one - other);
    assert.deepEqual(chosen.gained, sorted.slice(0, 8));
    assert.deepEqual(new Set(chosen.lost), new Set(sorted.slice(-8)));
    const shown = [...chosen.gained, ...chosen.lost, ...chosen.lowest];
    assert.equal(new Set(shown).size, 24);
    const least = Math.max(...chosen.lowest.map((c) => b.classes[c].recall.value!));
    for (const c of measurable) if (!shown.includes(c)) assert.ok(b.classes[c].recall.value! >= least, `class ${c}`);
  });

  test('the section shows them under their titles, says how many of how many, and all groups', () => {
    const heads = rows(section, 'tbody th[scope=row]').map(({ textContent }) => textContent);
    const names = [...chosen.gained, ...chosen.lost, ...chosen.lowest].map((c) => `class ${c}`);
    assert.deepEqual(heads.slice(-24), names);
    assert.match(section.textContent, /Of 1,000 classes these 24 are shown/);
    assert.match(section.textContent, /全 1,000 クラスのうち 24 クラス/);
    assert.equal(rows(section, 'tr.part').length, 3);
  });

  test('each group with its classes, both recalls, their count and the difference with its interval', () => {
    const table = rows(section, 'table').find(({ textContent }) => textContent.includes('more than 100'))!;
    const lines = rows(table, 'tbody tr');
    const counts = lines.map((line) => Number(rows(line, 'td')[0].textContent.replaceAll(',', '')));
    assert.equal(
      counts.reduce((sum, n) => sum + n),
      1000,
    );
    for (const [i, group] of ['many', 'medium', 'few'].entries()) {
      const paths = rows(lines[i], '[data-path]').map((one) => one.getAttribute('data-path'));
      for (const arm of [0, 1])
        for (const end of ['value', 'interval/0', 'interval/1', 'count'])
          assert.ok(paths.includes(`/arms/${arm}/metrics/recall-${group}/${end}`), `${group} ${arm} ${end}`);
      assert.equal(paths.filter((path) => path.startsWith('/comparisons/')).length, 3);
      for (const path of paths) assert.equal(typeof resolve(result, path), 'number');
    }
  });

  test('confusions are listed, with their share of the class', () => {
    const lists = rows(parsed(confusionSection(result).html), 'table');
    assert.equal(lists.length, 2);
    const first = rows(lists[0], 'tbody tr');
    assert.equal(first.length, 20);
    assert.equal(first[0].querySelector('[data-path]')?.getAttribute('data-path'), '/arms/0/confusions/0/items');
    const { evaluated } = result.arms[0].classes[0];
    assert.ok(first[0].textContent.endsWith(`50.0${((100 * 50) / evaluated).toFixed(1)} %`), first[0].textContent);
  });

  test('from a matrix of 40 classes the same list is made', () => {
    const forty = manyFixture(40);
    for (const arm of forty.arms) {
      arm.confusions = undefined;
      arm.confusion = arm.classes.map((_, c) => arm.classes.map((__, to) => (c === to ? 9 : (c * 7 + to) % 5)));
    }
    const first = parsed(confusionSection(forty).html).querySelector('tbody tr [data-path]')!;
    assert.equal(first.getAttribute('data-path'), '/arms/0/confusion/0/4');
    assert.equal(first.getAttribute('data-value'), '4');
  });

  test('the methods table has a column for each group; one without a number has none', () => {
    const heads = (page: string) => rows(parsed(page), '#methods thead th').map(({ textContent }) => textContent);
    assert.ok(heads(reportHtml(result)).some((text) => text.startsWith('Recall of classes trained on under 20 items')));
    const empty = manyFixture(40);
    const reason = 'no class with 20 to 100 training items';
    for (const arm of empty.arms) arm.metrics['recall-medium'] = { value: null, interval: null, count: 0, reason };
    assert.ok(!heads(reportHtml(empty)).some((text) => text.includes('20 to 100')));
    assert.ok(!heads(reportHtml(fixture())).some((text) => text.includes('classes trained')));
  });

  test('the terminal shows the groups and the same classes', () => {
    const text = summary(result);
    assert.match(text, /24 of 1000 classes, those that stand out \(in part by chance\); result\.json has all/);
    assert.match(text, /few \(< 20\) +\d+ +\d+ +\d/);
    for (const c of chosen.lowest) assert.match(text, new RegExp(`^ {2}class ${c} `, 'm'));
    assert.ok(text.split('\n').length < 80);
    assert.doesNotMatch(summary(fixture()), /training items/);
  });
});

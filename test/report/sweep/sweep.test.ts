import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import type { SweepResult } from '../../../src/pilot/sweep/result.ts';
import { resolve } from '../../../src/report/pointer.ts';
import { isEnd, mapOf, scaleOf } from '../../../src/report/sweep/axes.ts';
import { sweepHtml } from '../../../src/report/sweep/index.ts';
import * as texts from '../../../src/report/sweep/texts.ts';
import { fixture, twoAxes } from './fixture.ts';

const pages: Record<string, SweepResult> = {
  'one axis of numbers': fixture({ axes: [{ name: 'margin', values: ['0.05', '0.3', '2'] }] }),
  'one axis of words': fixture({ axes: [{ name: 'threshold', values: ['off', 'q10', 'otsu', 'auto'] }] }),
  'two axes': fixture(),
  'two axes, halving': fixture({ strategy: 'halving' }),
  'three axes': fixture({ axes: [...twoAxes, { name: 'temperature', values: ['0.1', '0.5'] }] }),
  'random from ranges': fixture({
    strategy: 'random',
    axes: [
      { name: 'margin', from: 0.05, to: 2 },
      { name: 'scale', from: 0, to: 0.9 },
    ],
  }),
};

/** What a format does to a number, stated here a second time on purpose: factor and decimals. */
const formats: Record<string, [number, number]> = {
  percent: [100, 1],
  count: [1, 0],
  plain: [1, 0],
  number: [1, 3],
};

type Element = { textContent: string; className: string; getAttribute(name: string): string | null };

function documentOf(result: SweepResult, lang: 'en' | 'ja' = 'en') {
  return parseHTML(sweepHtml(result, { lang })).document;
}

/** What one language shows of an element. */
function read(element: { innerHTML: string } | null, language: 'en' | 'ja' = 'en'): string {
  const { document } = parseHTML(`<html><body>${element!.innerHTML}</body></html>`);
  for (const other of document.querySelectorAll(language === 'en' ? '.ja' : '.en')) other.remove();
  return document.body.textContent;
}

for (const [name, result] of Object.entries(pages))
  test(`${name}: every number shown equals the file's, rounded, and none is left out`, () => {
    const document = documentOf(result);
    const shown = [...document.querySelectorAll('[data-path]')] as Element[];
    for (const element of shown) {
      const path = element.getAttribute('data-path')!;
      const format = element.getAttribute('data-format')!;
      const exact = resolve(result, path) as number;
      assert.equal(typeof exact, 'number', path);
      assert.equal(Number(element.getAttribute('data-value')), exact, path);
      const number = Number(element.textContent.replaceAll(',', '').replace('−', '-'));
      if (format === 'exact') {
        assert.equal(number, exact, path);
        continue;
      }
      const [factor, decimals] = formats[format];
      assert.ok(Math.abs(number - factor * exact) <= 0.5000001 * 10 ** -decimals, `${path}: ${element.textContent}`);
      assert.equal(element.textContent.split('.')[1]?.length ?? 0, decimals, path);
    }
    const paths = new Set(shown.map((element) => element.getAttribute('data-path')));
    const needed = [
      ...(result.sensitivity.region.good < result.sensitivity.region.of ? ['/sensitivity/region/good'] : []),
      '/sensitivity/region/of',
      ...['folds', 'repeats', 'steps', 'seed'].map((key) => `/design/${key}`),
      ...result.criteria.flatMap(({ metric }, c) => [
        `/criteria/${c}/margin`,
        `/sensitivity/near/${c}/points`,
        `/baseline/metrics/${metric}/value`,
        `/baseline/metrics/${metric}/interval/1`,
        ...result.points.flatMap((_, i) =>
          ['value', 'interval/0', 'interval/1'].map((part) => `/points/${i}/metrics/${metric}/${part}`),
        ),
      ]),
      ...result.points.map((_, i) => `/points/${i}/steps`),
    ];
    for (const path of needed) assert.ok(paths.has(path), path);
    const rows = document.querySelectorAll('#settings tbody tr');
    assert.equal(rows.length, result.points.length + 1);
    result.points.forEach(({ settings }, i) => {
      const cells = [...rows[i + 1].querySelectorAll('td')].map((cell: Element) => cell.textContent);
      assert.deepEqual(cells.slice(0, result.axes.length), Object.values(settings));
    });
    for (const { count } of result.points.flatMap(({ metrics }) => Object.values(metrics))) assert.equal(count, 3);
    assert.match(read(document.querySelector('#table-points')), /Each number is of 3 trials/);
  });

test('counts that differ stand at each number; a reason that all share is said once', () => {
  const result = fixture();
  for (const { metrics } of [result.baseline, ...result.points])
    for (const estimate of Object.values(metrics)) estimate.reason = 'not measured';
  result.points[2].metrics['probe-macro-f1'].count = 2;
  const document = documentOf(result);
  assert.match(read(document.querySelectorAll('#settings tbody tr')[3]), /n = 2/);
  assert.match(read(document.querySelectorAll('#settings tbody tr')[4]), /n = 3/);
  assert.match(read(document.querySelector('#table-points')), /Unless a note says otherwise: Not measured\./);
  assert.match(read(document.querySelector('#table-points'), 'ja'), /未測定/);
  assert.equal(document.querySelectorAll('#settings .mark').length, 0);
});

test('the headline tells how narrow the good region is', () => {
  const head = (result: SweepResult, language: 'en' | 'ja' = 'en') =>
    read(documentOf(result).querySelector('h1'), language);
  const pill = (result: SweepResult) => read(documentOf(result).querySelector('.outcome')).trim();
  const result = fixture();
  const { good, of } = result.sensitivity.region;
  assert.equal(of, 20);
  assert.equal(head(result), `${good} of 20 settings of eMargin keep up with InfoNCE`);
  assert.equal(head(result, 'ja'), `eMarginの 20 設定のうち ${good} 設定が、InfoNCEに見劣りしません`);
  const cases: [number, number, RegExp, RegExp][] = [
    [20, 20, /^All 20 settings/, /Forgiving/],
    [14, 20, /^14 of 20/, /Forgiving/],
    [13, 20, /^13 of 20/, /with care/],
    [7, 20, /^7 of 20/, /with care/],
    [6, 20, /^6 of 20/, /Touchy/],
    [1, 20, /^1 of 20 settings of eMargin keeps up/, /Touchy/],
    [0, 20, /^None of 20 settings/, /No good setting/],
    [0, 0, /^No setting of eMargin can be judged/, /Cannot be told/],
  ];
  for (const [some, all, sentence, word] of cases) {
    const own = fixture();
    own.sensitivity.region = { good: some, of: all };
    assert.match(head(own), sentence);
    assert.match(pill(own), word);
  }
  assert.match(
    head(fixture({ method: 'info-nce' })),
    /settings of InfoNCE keep up with InfoNCE at its usual settings$/,
  );
});

test('best settings, effects in words with the strongest first, the next step', () => {
  const result = fixture();
  const document = documentOf(result);
  const cards = [...document.querySelectorAll('.card')].map((card) => read(card));
  result.best.forEach(({ metric, point }, c) => {
    for (const [name, value] of Object.entries(result.points[point!].settings))
      assert.ok(cards[c].includes(`${name} ${value}`), metric);
    const { points, of } = result.sensitivity.near[c];
    assert.match(cards[c], new RegExp(`best: ${points} of ${of} settings`));
  });
  const effect = (name: string) =>
    result.sensitivity.effects.find((one) => one.name === name && one.metric === 'probe-macro-f1')!.range;
  const points = (name: string) => (100 * effect(name)).toFixed(1);
  assert.ok(effect('margin') > effect('threshold'));
  assert.ok(
    read(document.querySelector('.lead')).includes(
      `Macro F1 of the linear probe moves on average by ${points('margin')} points with margin, by ${points('threshold')} points with threshold.`,
    ),
  );
  assert.match(read(document.querySelector('.lead')), /--candidate emargin:margin=0\.5:threshold=q10\./);
  const rows = [...document.querySelectorAll('#effects tbody tr')].map((row) => read(row));
  assert.match(rows[0], /^margin.*▲ matters/);
});

test('a best setting that is not good is never the one to adopt; without a good one the baseline is kept', () => {
  const result = fixture();
  const [{ point }] = result.best;
  result.points[point!].good = false;
  const own = result.points[point!].method;
  assert.ok(!read(documentOf(result).querySelector('.lead')).includes(own));
  assert.match(read(documentOf(result).querySelectorAll('.card')[0]), /✕ falls short on a criterion/);
  for (const one of result.points) one.good = false;
  assert.match(read(documentOf(result).querySelector('.lead')), /Keep InfoNCE, or try other values/);
});

test('a best setting at the end of its values asks for values beyond', () => {
  const result = fixture({ axes: [{ name: 'margin', values: ['0.1', '0.3', '1'] }] });
  result.best[0].point = 2;
  assert.match(
    read(documentOf(result).querySelector('.lead')),
    /best macro F1 of the linear probe lies at the end of the values of margin \(1\)/,
  );
  assert.equal(isEnd({ name: 'a', values: ['0.1', '0.3', '1'] }, '0.3'), false);
  assert.equal(isEnd({ name: 'a', values: ['1', '2'] }, '2'), false);
  assert.equal(isEnd({ name: 'a', values: ['off', '1', '2'] }, '2'), false);
  assert.equal(isEnd({ name: 'a', from: 1, to: 2 }, '2'), false);
});

test('heat map: each cell is its setting; good ones have border and sign, the best its star', () => {
  const result = fixture();
  const document = documentOf(result);
  const maps = [...document.querySelectorAll('.heat')];
  assert.equal(maps.length, 2);
  maps.forEach((map, c) => {
    const { metric } = result.criteria[c];
    const across = [...map.querySelectorAll('thead th')].map((cell: Element) => cell.textContent);
    assert.deepEqual(across, ['off', 'q10', 'otsu', 'auto']);
    const rows = [...map.querySelectorAll('tbody tr')];
    assert.deepEqual(
      rows.map((row) => row.querySelector('th').textContent),
      ['0.1', '0.3', '0.5', '1', '2'],
    );
    rows.forEach((row, r) => {
      [...row.querySelectorAll('td')].forEach((cell, k) => {
        const i = result.points.findIndex(
          ({ settings }) => settings.margin === ['0.1', '0.3', '0.5', '1', '2'][r] && settings.threshold === across[k],
        );
        assert.ok(cell.querySelector(`[data-path="/points/${i}/metrics/${metric}/value"]`), `${r} ${k}`);
        assert.ok(cell.querySelector(`[data-path="/points/${i}/metrics/${metric}/interval/1"]`));
        assert.equal(cell.classList.contains('good'), result.points[i].good);
        assert.equal(read(cell).includes('✓'), result.points[i].good);
        assert.equal(read(cell).includes('★'), result.best[c].point === i);
      });
    });
    assert.ok(map.querySelector(`.theirs [data-path="/baseline/metrics/${metric}/value"]`));
  });
});

test('heat map: shades go from worst to best, whichever way is better', () => {
  const result = fixture();
  const document = documentOf(result);
  result.criteria.forEach(({ metric, direction }, c) => {
    const shades = result.points.map(({ metrics }, i) => {
      const cell = document.querySelectorAll('.heat')[c].querySelector(`[data-path^="/points/${i}/"]`)!.closest('td');
      return { value: metrics[metric].value!, shade: Number(/shade-(\d)/.exec(cell.className)![1]) };
    });
    const sorted = shades.toSorted((a, b) => (direction === 'higher' ? a.value - b.value : b.value - a.value));
    assert.equal(sorted.at(-1)!.shade, 6);
    assert.equal(sorted[0].shade, 1);
    sorted.slice(1).forEach(({ shade }, i) => {
      assert.ok(shade >= sorted[i].shade);
    });
  });
});

test('a setting that was not tried, and one without a number, are dashes that say so', () => {
  const result = fixture();
  result.points[0].metrics['probe-macro-f1'] = { value: null, interval: null, count: 0, reason: 'not measured' };
  result.points[0].good = null;
  result.points.splice(19, 1);
  const document = documentOf(result);
  const cells = document.querySelectorAll('.heat')[0].querySelectorAll('td.cell');
  assert.equal(cells[0].querySelector('.none').getAttribute('title'), 'Not measured');
  assert.match(read(cells[0]), /\?/);
  assert.equal(cells[19].querySelector('.none').getAttribute('title'), 'not tried');
  assert.match(read(document.querySelectorAll('#settings tbody tr')[1]), /a number is missing/);
  assert.match(read(document.querySelector('#settings .notes')), /Not measured/);
});

test('what halving stopped early is said to be so, has no shade and no verdict', () => {
  const result = pages['two axes, halving'];
  const early = result.points.filter(({ steps }) => steps < 400);
  assert.ok(early.length >= 10 && early.length < 20);
  const document = documentOf(result);
  assert.match(read(document.querySelector('h1')), /settings of eMargin that reached all steps/);
  assert.match(read(document.querySelector('.outcome')), /was not measured/);
  assert.match(read(document.querySelector('.lead')), /Halving stopped the weaker settings early/);
  const cells = [...document.querySelectorAll('.heat')[0].querySelectorAll('td.early')];
  assert.equal(cells.length, early.length);
  for (const cell of cells) {
    assert.doesNotMatch(cell.className, /shade/);
    assert.match(read(cell), /after (100|200) steps/);
  }
  result.points.forEach(({ steps }, i) => {
    const row = read(document.querySelectorAll('#settings tbody tr')[i + 1]);
    assert.equal(row.includes(`stopped early, after ${steps} of 400 steps`), steps < 400, row);
  });
});

test('the map that suits the axes', () => {
  const drawings = (result: SweepResult) => documentOf(result).querySelectorAll('#map figure.chart').length;
  assert.equal(drawings(pages['one axis of numbers']), 2);
  assert.equal(drawings(pages['two axes']), 0);
  assert.equal(drawings(pages['three axes']), 6);
  assert.equal(drawings(pages['random from ranges']), 4);
  assert.equal(mapOf([pages['two axes'].axes[0], { name: 'x', from: 0, to: 1 }]), 'scatter');
  assert.deepEqual(scaleOf({ name: 'x', values: ['1', '10'] }), { kind: 'log', domain: [1, 10] });
  assert.deepEqual(scaleOf({ name: 'x', values: ['2', '10'] }), { kind: 'linear', domain: [2, 10] });
  assert.deepEqual(scaleOf({ name: 'x', from: 0, to: 100 }), { kind: 'linear', domain: [0, 100] });
  assert.equal(scaleOf({ name: 'x', values: ['0.1', 'auto'] }).kind, 'categories');
});

test('marks of a chart stand where the numbers are', () => {
  const result = pages['one axis of words'];
  const chart = documentOf(result).querySelectorAll('#map figure')[0].querySelector('.en.wide');
  const at = (element: Element) => /translate\(([-\d.]+),([-\d.]+)\)/.exec(element.getAttribute('transform')!)!;
  const texts = [...chart.querySelectorAll('text')] as Element[];
  const place = (label: string, k: number) => Number(at(texts.find(({ textContent }) => textContent === label)!)[k]);
  const perPercent = (place('72 %', 2) - place('66 %', 2)) / 6;
  const marks = [...chart.querySelectorAll('path')].filter((path: { querySelector(tag: string): unknown }) =>
    path.querySelector('title'),
  ) as Element[];
  assert.equal(marks.length, result.points.length);
  result.points.forEach(({ settings, metrics }, i) => {
    const mark = marks.find((one) => one.textContent === `${i + 1}: threshold ${settings.threshold}`)!;
    const [, x, y] = at(mark).map(Number);
    assert.ok(Math.abs(x - place(settings.threshold, 1)) < 1, settings.threshold);
    const percent = 66 + (y - place('66 %', 2)) / perPercent;
    assert.ok(Math.abs(percent - 100 * metrics['probe-macro-f1'].value!) < 0.05, `${percent}`);
  });
  // The words stand in the order of the file.
  const order = ['off', 'q10', 'otsu', 'auto'].map((word) => place(word, 1));
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
});

test('effects of several ranges, where hardly a value comes twice, are not told', () => {
  const result = pages['random from ranges'];
  assert.ok(result.sensitivity.effects.length > 0);
  const document = documentOf(result);
  assert.equal(document.querySelectorAll('#effects table').length, 0);
  assert.match(read(document.querySelector('.lead')), /differ too much to tell/);
});

test('names of the file never become tags', () => {
  const nasty = `<script>alert("1")</script> & 'q'`;
  for (const axes of [
    [{ name: nasty, values: ['<b>', '{name}', '</style>'] }],
    [{ name: nasty, values: ['<b>', '{name}'] }, twoAxes[0]],
    [{ name: nasty, values: ['<b>', '{name}'] }, ...twoAxes],
  ]) {
    const result = fixture({
      axes,
      method: '<i>x</i>',
      baseline: '<u>',
      command: 'evenhand sweep "</code><b>"',
      audit: [{ kind: '<b>kind', severity: 'info', column: '<img src=x>', detail: '<b>detail', override: '<b>' }],
      criteria: [{ metric: '<b>/~"metric', margin: 0.01, direction: 'higher' }],
    });
    const page = sweepHtml(result);
    const { document } = parseHTML(page);
    assert.equal(document.querySelectorAll('script,img,b,i,u').length, 0);
    assert.equal((page.match(/<\/style>/g) ?? []).length, 1);
    assert.equal(document.querySelector('pre code')!.textContent, result.design.command);
    assert.ok([...document.querySelectorAll('#settings thead th')].some((cell: Element) => cell.textContent === nasty));
  }
});

function entries(value: unknown, path: string): { path: string; en: string; ja: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'ja' in value) return [{ path, en: String(value.en), ja: String(value.ja) }];
  return Object.entries(value).flatMap(([key, inner]) => entries(inner, `${path}.${key}`));
}

test('every text stands in both languages with the same places to fill', () => {
  const all = entries({ ...texts }, 'text');
  assert.ok(all.length > 70, `${all.length} texts`);
  for (const { path, en, ja } of all) {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g)?.map((place) => place.toLowerCase()))].sort();
    assert.deepEqual(places(ja), places(en), path);
    assert.doesNotMatch(en, /[\u3040-\u30ff\u4e00-\u9fff]/, path);
    assert.ok(en.trim() !== '' && ja.trim() !== '', path);
    assert.doesNotMatch(ja, /[():?]/, `${path}: Japanese takes full-width punctuation`);
  }
});

test('both languages are whole: neither shows the other', () => {
  for (const [name, result] of Object.entries(pages)) {
    // What the audit finds is put into Japanese elsewhere.
    const body = documentOf({ ...result, audit: [] }).querySelector('main');
    assert.doesNotMatch(read(body), /[\u3040-\u30ff\u4e00-\u9fff]/, name);
    const japanese = read(body, 'ja');
    assert.doesNotMatch(japanese, /\b(settings?|the|with|better|steps|keeps|after)\b/i, name);
  }
});

test('the policy allows the own style sheet and nothing else; the page names no resource and no script', () => {
  const page = sweepHtml(pages['three axes']);
  const css = /<style>([\s\S]*?)<\/style>/.exec(page)![1];
  const hash = createHash('sha256').update(css).digest('base64');
  const { document } = parseHTML(page);
  assert.equal(
    document.querySelector('meta[http-equiv]')!.getAttribute('content'),
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  assert.equal(document.querySelectorAll('script,link,img,iframe,object,embed,[src],[style],svg style').length, 0);
  assert.doesNotMatch(css, /url\(|@import/);
});

test('ids are unique, links within the page lead somewhere, headings never skip a level', () => {
  for (const result of Object.values(pages)) {
    const document = documentOf(result);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const link of document.querySelectorAll('a[href^="#"]'))
      assert.ok(ids.includes(link.getAttribute('href').slice(1)), link.outerHTML);
    for (const element of document.querySelectorAll('[aria-labelledby]'))
      assert.ok(ids.includes(element.getAttribute('aria-labelledby')));
    const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map((heading) => Number(heading.tagName[1]));
    assert.equal(levels.filter((level) => level === 1).length, 1);
    levels.forEach((level, i) => {
      assert.ok(level <= (levels[i - 1] ?? 0) + 1, `heading ${i} of level ${level}`);
    });
    for (const cell of document.querySelectorAll('th')) assert.ok(cell.getAttribute('scope'), cell.outerHTML);
  }
});

test('same result, same bytes; the language opens the page; wrong calls are refused', () => {
  assert.equal(sweepHtml(fixture()), sweepHtml(fixture()));
  assert.equal(documentOf(fixture(), 'ja').querySelector('html').getAttribute('lang'), 'ja');
  assert.throws(() => sweepHtml(fixture(), { lang: 'de' as 'en' }), /neither en nor ja/);
  const result = fixture();
  result.best[0].point = 99;
  assert.throws(() => sweepHtml(result), /point 99 of 20/);
});

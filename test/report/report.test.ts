import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import { reportHtml, verdictInWords } from '../../src/report/index.ts';
import { fixture } from './fixture.ts';

const outcomes = ['adopt', 'simpler-is-enough', 'equivalent', 'reject', 'inconclusive'] as const;

test('each outcome has its headline, in both languages, with its numbers', () => {
  const heads = {
    adopt: [/^Adopt AllNC: macro recall rises by 16\.5 points/, /^AllNC を採用/],
    'simpler-is-enough': [
      /^A simpler method is enough: balanced softmax raises macro recall by 15\.3/,
      /^より単純な手法で十分：バランスド・ソフトマックス/,
    ],
    equivalent: [/^No difference that matters: AllNC changes macro recall by \+0\.2/, /^意味のある差なし/],
    reject: [/^Do not adopt AllNC: macro recall changes by −7\.4/, /^AllNC は不採用/],
    inconclusive: [/^Not decided yet: .* Run 4 more repeats\.$/, /^まだ判断できません.*あと 4 回/],
  };
  for (const outcome of outcomes) {
    const result = fixture({ outcome });
    assert.match(verdictInWords(result, 'en').headline, heads[outcome][0]);
    assert.match(verdictInWords(result, 'ja').headline, heads[outcome][1]);
    assert.ok(verdictInWords(result, 'en').next.length > 0);
    assert.ok(reportHtml(result).includes('<h1'));
  }
});

test('a broken guard is told first, a simpler method before the rest', () => {
  assert.match(verdictInWords(fixture({ outcome: 'reject' }), 'en').reasons[0], /^Accuracy falls too far/);
  assert.match(
    verdictInWords(fixture({ outcome: 'simpler-is-enough' }), 'en').reasons[0],
    /^AllNC is not shown to be better/,
  );
});

test('the policy allows the own style sheet and nothing else; the page names no resource and no script', () => {
  const page = reportHtml(fixture());
  const css = /<style>([\s\S]*?)<\/style>/.exec(page)![1];
  const hash = createHash('sha256').update(css).digest('base64');
  const { document } = parseHTML(page);
  const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content');
  assert.equal(policy, `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
  assert.equal(document.querySelectorAll('script,link,img,iframe,object,embed,[src],[style],svg style').length, 0);
  assert.doesNotMatch(css, /url\(|@import/);
  for (const element of document.querySelectorAll('*'))
    for (const { name } of element.attributes) assert.ok(!name.startsWith('on'), name);
});

test('names from the data never become tags', () => {
  const classes = [
    '<script>alert(1)</script>',
    `"quoted" & 'single'`,
    '</style>',
    '{name}',
    'ü/~0[x]',
    '日本語の長い長い長い長いクラス名',
  ];
  const result = fixture({
    classes,
    file: '<img src=x onerror=alert(1)>.csv',
    command: 'evenhand pilot "</code><b>" --x \'y\'',
  });
  const page = reportHtml(result, { lang: 'ja' });
  const { document } = parseHTML(page);
  assert.equal(document.querySelectorAll('script,img,b').length, 0);
  assert.equal((page.match(/<\/style>/g) ?? []).length, 1);
  const heads = [...document.querySelectorAll('#classes tbody th')].map(
    (cell: { textContent: string }) => cell.textContent,
  );
  assert.deepEqual(heads, classes);
  assert.equal(document.querySelector('pre code')!.textContent, result.design.command);
  assert.equal(document.querySelector('html')!.getAttribute('lang'), 'ja');
});

test('a class with fewer than 5 evaluated items is not measurable and says how many more', () => {
  const { document } = parseHTML(reportHtml(fixture()));
  const row = [...document.querySelectorAll('#classes tbody tr')].at(-1) as { textContent: string };
  assert.match(row.textContent, /not measurable: needs 1 more/);
  assert.match(row.textContent, /測定不可：あと 1 件必要/);
});

test('what is null is a dash with its reason, in the title and as a note', () => {
  const result = fixture();
  result.arms[1].metrics['macro-recall'] = { value: null, interval: null, count: 0, reason: 'no evaluated items' };
  result.comparisons[0].difference = null;
  result.comparisons[0].interval = null;
  const { document } = parseHTML(reportHtml(result));
  const cell = document.querySelectorAll('#table-arms, #methods tbody tr')[2].querySelector('td')!;
  assert.equal(cell.querySelector('.none')!.getAttribute('title'), 'No evaluated items');
  assert.equal(cell.querySelector('.none.ja')!.getAttribute('title'), '評価した項目なし');
  const note = document.querySelector(cell.querySelector('a.mark')!.getAttribute('href')!)!;
  assert.match(note.textContent, /No evaluated items/);
  assert.equal(document.querySelector('h1 .en')!.textContent, 'Adopt AllNC.');
});

test('ids are unique, links within the page lead somewhere, headings never skip a level', () => {
  const { document } = parseHTML(reportHtml(fixture({ outcome: 'simpler-is-enough' })));
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    assert.ok(ids.includes(link.getAttribute('href').slice(1)), link.outerHTML);
  for (const element of document.querySelectorAll('[aria-labelledby]'))
    assert.ok(ids.includes(element.getAttribute('aria-labelledby')), element.outerHTML.slice(0, 80));
  const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map((heading) => Number(heading.tagName[1]));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.forEach((level, i) => {
    assert.ok(level <= (levels[i - 1] ?? 0) + 1, `heading ${i} of level ${level}`);
  });
  for (const cell of document.querySelectorAll('th')) assert.ok(cell.getAttribute('scope'), cell.outerHTML);
  for (const figure of document.querySelectorAll('figure')) assert.ok(figure.querySelector('figcaption'));
});

test('same result, same bytes; an unknown language is refused', () => {
  assert.equal(reportHtml(fixture()), reportHtml(fixture()));
  assert.throws(() => reportHtml(fixture(), { lang: 'de' as 'en' }), /neither en nor ja/);
});

test('the dots of the recall chart stand where the numbers are', () => {
  const result = fixture();
  const { document } = parseHTML(reportHtml(result));
  const chart = document.querySelector('#classes figure .en.wide')!;
  const at = (element: { getAttribute(name: string): string | null }) =>
    /translate\(([\d.]+)/.exec(element.getAttribute('transform') ?? '')![1];
  const texts = [...chart.querySelectorAll('text')];
  const x = (label: string) => Number(at(texts.find((text) => text.textContent === label)!));
  const place = (value: number) => x('0 %') + value * (x('100 %') - x('0 %'));
  const circles = [...chart.querySelectorAll('circle')].map((circle) => Number(circle.getAttribute('cx')));
  const recalls = result.arms[0].classes.map(({ recall }) => place(recall.value!));
  assert.equal(circles.length, recalls.length);
  for (const [i, recall] of recalls.entries())
    assert.ok(Math.abs(circles[i] - recall) < 0.02, `${circles[i]} for ${recall}`);
  for (const { name, evaluated } of result.arms[0].classes) {
    assert.ok(texts.some((text) => text.textContent === name));
    assert.ok(texts.some((text) => text.textContent === `n = ${evaluated.toLocaleString('en')}`));
  }
});

test('a result without guards, without references, with groups as the unit', () => {
  const result = fixture();
  result.arms.splice(2);
  result.comparisons = result.comparisons.filter(
    ({ method, role, against }) => method === 'allnc' && role !== 'guard' && against === 'cross-entropy',
  );
  result.verdict.reasons.splice(1);
  result.design.guards = [];
  result.design.unit = 'group';
  for (const arm of result.arms) arm.classes[1].recall.count = 3;
  const { document } = parseHTML(reportHtml(result));
  assert.match(document.querySelectorAll('#classes tbody tr')[1].textContent, /needs 2 more groups/);
  assert.equal(document.querySelectorAll('#verdict .card').length, 2);
  assert.match(document.querySelector('#methods figcaption')!.textContent, /Macro recall against macro F1/);
});

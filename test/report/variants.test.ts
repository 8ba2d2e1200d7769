import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseHTML } from 'linkedom';
import { summary } from '../../src/cli/summary.ts';
import { reportHtml, resolve, variantsInWords } from '../../src/report/index.ts';
import { ablationTexts, fewRepeats, sweptTexts, variantTexts } from '../../src/report/text/variants.ts';
import { fixture } from './fixture.ts';
import { ablated, swept } from './fixture-variants.ts';

const hycon = { name: 'hycon', values: ['0', '0.1', '1'] };
const floor = { name: 'floor', values: ['0.5', '1'] };

interface Element {
  readonly textContent: string;
  readonly id: string;
  readonly className: string;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string;
}

const document = (result: Parameters<typeof reportHtml>[0]) => parseHTML(reportHtml(result)).document;
const all = (within: { querySelectorAll(selector: string): Iterable<Element> }, selector: string): Element[] => [
  ...within.querySelectorAll(selector),
];
/** What stands there in English. */
const english = (element: Element) =>
  all(element, '.ja').reduce((text, { textContent }) => text.replace(textContent, ''), element.textContent);

describe('which part does what', () => {
  const result = ablated();
  const page = document(result);

  test('each part has a sentence in words and numbers, in both languages', () => {
    const [{ title, lines }] = variantsInWords(result, 'en');
    assert.equal(title, 'Which part of AllNC does what');
    assert.deepEqual(lines, [
      'GBBN helps: with it macro recall is 1.9 points higher than without it (95 % interval 0.5 to 3.3). Alone on the base it changes it by +2.2 points (95 % interval +0.6 to +3.8): better.',
      'HyCon hurts: with it macro recall changes by −1.2 points against the method without it (95 % interval −2.0 to −0.4). Alone on the base it changes it by −0.3 points (95 % interval −1.9 to +1.3): undecided.',
      'P2P makes no difference that matters: with it macro recall changes by +0.1 points (95 % interval −0.6 to +0.8), all of it within ±1.0 points. Alone on the base it changes it by +0.2 points (95 % interval −0.5 to +0.9): equivalent.',
      'All parts together change macro recall by +2.4 points against the base (95 % interval +1.0 to +3.8): better.',
    ]);
    const [japanese] = variantsInWords(result, 'ja');
    assert.match(japanese.lines[0], /^GBBNは有効です。.*1\.9 ポイント高く/);
    assert.match(japanese.lines[1], /^HyConは逆効果です。/);
    assert.equal(all(page, '#parts ul.told li').length, 4);
  });

  test('what is open is called open', () => {
    const open = ablated();
    const found = open.comparisons.find((one) => one.method === 'allnc' && one.against === 'allnc:p2p=0')!;
    found.interval = [-0.02, 0.03];
    found.state = 'undecided';
    assert.match(variantsInWords(open, 'en')[0].lines[2], /^Whether P2P helps or hurts is not decided/);
    found.difference = null;
    found.interval = null;
    assert.equal(variantsInWords(open, 'en')[0].lines[2], 'P2P: its effect could not be measured.');
  });

  test('the table: A first, ticks for the parts, differences to the base, the rarest measurable classes', () => {
    const rows = all(page, '#parts tbody tr');
    const cells = rows.map((row) => all(row, 'th,td').map((cell) => english(cell).trim()));
    assert.equal(rows.length, 9);
    assert.deepEqual(
      cells.map((row) => row.slice(1, 4).join('')),
      ['', '–––', '✓––', '–✓–', '––✓', '–✓✓', '✓–✓', '✓✓–', '✓✓✓'],
    );
    assert.match(cells[0][0], /^A, today’s method/);
    assert.match(cells[1][0], /^base.*floor 1, hycon 0, p2p 0/);
    assert.match(cells[6][0], /^all but HyCon/);
    assert.equal(cells[0][5], '–');
    assert.equal(cells[1][5], 'is the base');
    assert.match(cells[6][5], /^\+3\.6\+2\.0 to \+5\.2/);
    const heads = all(page, '#parts thead th').map((cell) => english(cell));
    // RNF has 4 items: too few.
    assert.deepEqual(heads.slice(-3), ['Recall of PWF', 'Recall of OSF', 'Recall of TWF']);
  });

  test('comparisons beside the verdict’s own stand in this section alone; the rest is told of variants', () => {
    const told = all(page, '#comparisons tbody th').map((cell) => english(cell));
    assert.ok(told.some((text) => text.startsWith('AllNC − AllNC (floor 1)')));
    assert.ok(
      told.every((text) => /^AllNC −|− cross-entropy/.test(text)),
      told.join('; '),
    );
    assert.ok(all(page, '#methods tbody tr').some((row) => row.textContent.includes(variantTexts.role.en)));
    assert.ok(all(page, '#methods p').some((p) => p.textContent.includes(variantTexts.armsIntro.en)));
  });

  test('with too few repeats nothing is called a finding', () => {
    assert.ok(!reportHtml(result).includes(fewRepeats.en));
    const few = { ...result, verdict: { ...result.verdict, reasons: [{ rule: 'too-few-repeats' }] } };
    assert.ok(reportHtml(few).includes(fewRepeats.en));
  });
});

describe('how much the settings matter', () => {
  test('share of settings that keep up with A, range, and that the best is not to be picked', () => {
    const result = swept([hycon, floor]);
    const worse = result.comparisons.find(
      (one) => one.method === 'allnc:hycon=0:floor=1' && one.against === 'cross-entropy' && one.role === 'criterion',
    )!;
    worse.difference = -0.0101;
    worse.interval = [-0.02, -0.001];
    worse.state = 'worse';
    const [{ title, lines }] = variantsInWords(result, 'en');
    assert.equal(title, 'How much the settings of AllNC matter');
    assert.match(
      lines[0],
      /^No more than 1\.0 points of macro recall worse than cross-entropy: 5 of 6 settings of AllNC \(83 %\)\./,
    );
    assert.match(lines[0], /each by its own interval: \d of 6; shown worse: 1\. Macro recall lies between /);
    assert.match(lines[1], /^Do not pick the best of these 6: .*declared candidate \(AllNC\) alone/);
    worse.difference = -0.01;
    assert.match(variantsInWords(result, 'en')[0].lines[0], /: 6 of 6 settings of AllNC \(100 %\)\./);
    assert.match(variantsInWords(result, 'ja')[0].lines[1], /最良のものを選ばないで/);
  });

  test('two settings: a grid of numbers, darker where better, good cells framed, B marked', () => {
    const page = document(swept([hycon, floor]));
    const cells = all(page, '#settings .heat td.cell');
    assert.equal(cells.length, 6);
    const values = cells.map((cell) => Number(all(cell, '[data-path]')[0].getAttribute('data-value')));
    const shades = cells.map(({ className }) => Number(/shade-(\d)/.exec(className)?.[1]));
    const order = [...values.keys()].sort((i, j) => values[i] - values[j]);
    for (let i = 1; i < order.length; i++) assert.ok(shades[order[i]] >= shades[order[i - 1]]);
    assert.equal(shades[values.indexOf(Math.max(...values))], 6);
    assert.deepEqual(
      cells.filter((cell) => /B/.test(english(cell))).map((cell) => cells.indexOf(cell)),
      // hycon 1 down, floor 0.5 across.
      [4],
    );
    assert.equal(cells.filter(({ className }) => className.includes('good')).length, 6);
    assert.ok(reportHtml(swept([hycon, floor])).includes('.heat td.cell'));
  });

  test('one setting: a line with A’s interval as a band, B marked', () => {
    const page = document(swept([hycon]));
    const [wide] = all(page, '#settings .chart .en.wide svg');
    assert.ok(all(wide, 'text').some(({ textContent }) => textContent === 'B'));
    assert.ok(all(wide, 'rect').length > 0);
    assert.equal(all(page, '#settings .heat').length, 0);
  });

  test('the table has A and every setting; the general sections leave settings out that were only swept', () => {
    const result = swept([hycon, floor]);
    const page = document(result);
    assert.equal(all(page, '#settings tbody tr').filter(({ className }) => className !== '').length, 1 + 6);
    for (const section of ['methods', 'comparisons', 'collapse', 'design'])
      for (const cell of all(page, `#${section} tbody th`))
        assert.doesNotMatch(english(cell), /hycon|floor/, `${section}: ${cell.textContent}`);
    assert.match(summary(result), /How much the settings of AllNC matter\n {2}- .*\n {2}- Do not pick/);
    assert.doesNotMatch(summary(result), /allnc:hycon/);
  });

  test('a name that is no number is a place of its own on the line', () => {
    const page = document(swept([{ name: 'kind', values: ['dual', 'etf', '<script>'] }]));
    const [wide] = all(page, '#settings .chart .en.wide svg');
    const texts = all(wide, 'text').map(({ textContent }) => textContent);
    for (const name of ['dual', 'etf', '<script>']) assert.ok(texts.includes(name), name);
    assert.equal(all(page, 'script').length, 0);
  });
});

test('every number shown is the one in the result; ids are unique; neither section stands without being asked for', () => {
  for (const result of [ablated(), swept([hycon]), swept([hycon, floor])]) {
    const page = document(result);
    for (const element of all(page, '#parts [data-path], #settings [data-path]'))
      assert.equal(Number(element.getAttribute('data-value')), resolve(result, element.getAttribute('data-path')));
    const ids = all(page, '[id]').map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  }
  const plain = document(fixture());
  assert.equal(all(plain, '#parts, #settings').length, 0);
  assert.deepEqual(variantsInWords(fixture(), 'en'), []);
});

test('every text stands in both languages with the same places to fill', () => {
  const entries = [ablationTexts, sweptTexts, variantTexts, { fewRepeats }].flatMap((texts) =>
    Object.entries(texts).map(([name, text]) => [name, 'word' in text ? text.word : text] as const),
  );
  assert.ok(entries.length > 35);
  // English begins some sentences with a capital, Japanese has none.
  const places = (text: string) => new Set(text.match(/\{\w+\}/g)?.map((place) => place.toLowerCase()));
  for (const [name, { en, ja }] of entries) {
    assert.ok(en.length > 0 && ja.length > 0, name);
    assert.deepEqual([...places(ja)].sort(), [...places(en)].sort(), name);
  }
});

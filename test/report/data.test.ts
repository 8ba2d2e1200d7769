import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import { type Classification, classification } from '../../src/pilot/result.ts';
import { reportHtml } from '../../src/report/index.ts';
import { dataSection } from '../../src/report/sections/data.ts';
import { designSection } from '../../src/report/sections/design.ts';
import { fixture } from './fixture.ts';

type Data = Classification['data'];

const of = (data: Partial<Data>, design: Partial<Classification['design']> = {}): Classification => {
  const result = fixture();
  return classification.parse({
    ...result,
    data: { ...result.data, ...data },
    design: { ...result.design, ...design },
  });
};

/** Text of a section in one language, blanks made one. */
function read(section: { html: string }, lang: 'en' | 'ja') {
  const { document } = parseHTML(`<main>${section.html}</main>`);
  for (const other of document.querySelectorAll(`[lang="${lang === 'en' ? 'ja' : 'en'}"]`)) other.remove();
  const text = (selector: string) =>
    [...document.querySelectorAll(selector)].map((node) => (node.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
  return { intro: text('p')[0], facts: text('.facts > div'), head: text('#table-data-classes'), text };
}

const series: NonNullable<Data['series']> = {
  files: [{ file: 'a.i16', digest: 'sha256:1', rows: 6000 }],
  recordings: 15,
  groups: 15,
  channels: ['MLII'],
  rate: 360,
  window: 360,
  hop: 180,
};

test('rows of a table, windows, windows around events, whole series, pictures: each by its own name', () => {
  const cases: [Partial<Data>, string, string][] = [
    [
      { rows: 10000, labelled: 9990 },
      'ai4i2020.csv: 10,000 rows, of which 9,990 take part; input columns: 6.',
      '10,000 行、うち使用 9,990 行',
    ],
    [{ series, rows: 500, inputs: 1 }, 'cut into 500 windows, of which', '500 窓に分割'],
    [{ series: { ...series, hop: 0 }, rows: 500 }, '500 windows around events, of which', '事象の前後の 500 窓'],
    [
      { series: { ...series, hop: 360, recordings: 500, groups: 500 }, rows: 500 },
      '500 series, each one window, of which',
      '500 系列（1 系列が 1 窓）',
    ],
    [
      { pictures: { channels: 3, height: 32, width: 48 }, rows: 600, labelled: 590 },
      '600 pictures, of which 590 take part.',
      '画像 600 枚、うち使用 590 枚。',
    ],
  ];
  for (const [data, en, ja] of cases) {
    const section = dataSection(of(data));
    assert.ok(read(section, 'en').intro.includes(en), read(section, 'en').intro);
    assert.ok(read(section, 'ja').intro.includes(ja), read(section, 'ja').intro);
  }
});

test('facts: no hop around events nor between whole series; groups only where windows share one; size and colour', () => {
  const facts = (data: Partial<Data>) => read(dataSection(of(data)), 'en').facts;
  assert.deepEqual(facts({ series: { ...series, hop: 0 }, rows: 500 }), [
    'Recordings15',
    'Groups that stay on one side of a split15',
    'ChannelsMLII',
    'Rate360 steps a second',
    'Window360 steps',
    'From one window to the nextnone: one around each event',
  ]);
  const whole = facts({ series: { ...series, hop: 360, recordings: 500, groups: 500, rate: null }, rows: 500 });
  assert.deepEqual(whole.slice(1, 3), ['ChannelsMLII', 'Ratenone: a step is no time']);
  assert.equal(whole.at(-1), 'From one window to the nextnone: one a recording');
  assert.deepEqual(facts({ pictures: { channels: 3, height: 32, width: 48 } }), [
    'Size32 pixels high, 48 wide',
    'Channels3, colour',
  ]);
  assert.deepEqual(facts({}), []);
});

test('classes: training and test where the data come divided; every number is the one in the result', () => {
  const { classes } = fixture().data;
  const divided = classes.map((own) => ({ ...own, train: own.count - 7, test: 7 }));
  const result = of(
    { classes: divided, pictures: { channels: 1, height: 8, width: 8 } },
    { scheme: 'given', folds: 1 },
  );
  const { document } = parseHTML(`<main>${dataSection(result).html}</main>`);
  const shown = [...document.querySelectorAll('[data-path^="/data/classes/"]')];
  assert.equal(shown.length, 3 * classes.length);
  const numbers = shown.map((node) => node.textContent);
  assert.deepEqual(
    numbers.slice(0, 3),
    [classes[0].count, classes[0].count - 7, 7].map((value) => value.toLocaleString('en')),
  );
  const { text } = read(dataSection(result), 'en');
  assert.deepEqual(text('#table-data-classes'), ['Classes and their pictures, training and test as the data come.']);
  assert.deepEqual(read(dataSection(fixture()), 'en').text('#table-data-classes'), ['Classes and their rows.']);
});

test('the unit of the intervals is what the data hold, or groups', () => {
  const unit = (data: Partial<Data>, of2: 'item' | 'group' = 'item') =>
    read(designSection(of(data, { unit: of2 })), 'en').facts.find((fact) => fact.startsWith('Unit of'));
  assert.equal(unit({}), 'Unit of the intervalsrow');
  assert.equal(unit({ series }), 'Unit of the intervalswindow');
  assert.equal(unit({ pictures: { channels: 1, height: 8, width: 8 } }), 'Unit of the intervalspicture');
  assert.equal(unit({ series }, 'group'), 'Unit of the intervalsgroup');
});

test('a statement about a division that came with the data stands in both languages', () => {
  const result = of({}, { statement: 'For new items and new seeds, with this training set.', scheme: 'given' });
  assert.match(reportHtml(result), /この学習データで学習した場合/);
});

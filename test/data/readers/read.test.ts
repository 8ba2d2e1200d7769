import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { stream } from '../../../src/array/random.ts';
import { withDuckDB } from '../../../src/data/readers/duckdb.ts';
import { readTable } from '../../../src/data/readers/table.ts';
import { ai4i, cells, folder, times } from '../helpers.ts';

const { path, write } = folder();

test('AI4I 2020: rows, kinds and sums as Python reads them (reference/ai4i.py)', async () => {
  const data = await readTable(ai4i);
  assert.equal(data.rows, 10000);
  assert.equal(data.digest, 'sha256:ec4ed737b27c4e65730e3b875626ddb4db005d79733f0fc1f59d72db467cd670');
  assert.deepEqual(
    data.columns.map(({ name, kind }) => `${name}: ${kind}`),
    [
      'UDI: number',
      'Product ID: category',
      'Type: category',
      'Air temperature [K]: number',
      'Process temperature [K]: number',
      'Rotational speed [rpm]: number',
      'Torque [Nm]: number',
      'Tool wear [min]: number',
      'Machine failure: number',
      'TWF: number',
      'HDF: number',
      'PWF: number',
      'OSF: number',
      'RNF: number',
    ],
  );
  const numbers = (name: string) => cells(data, name) as number[];
  assert.ok(Math.abs(numbers('Torque [Nm]').reduce((a, b) => a + b) - 399869.1) < 1e-6);
  assert.equal(Math.max(...numbers('Rotational speed [rpm]')), 2886);
  assert.equal(
    numbers('RNF').reduce((a, b) => a + b),
    19,
  );
  assert.deepEqual(cells(data, 'Product ID').slice(0, 2), ['M14860', 'L47181']);
  assert.deepEqual(numbers('UDI').slice(-2), [9999, 10000]);
});

test('text becomes numbers, booleans, dates and categories by the rules in text.ts', async () => {
  const rows = [
    'number;gaps;code;flag;day;moment;mixed;decimal comma;yes;all gone;na',
    '1;NA;007;true;2024-01-31;2024-01-31 10:30;12;3,5;yes;;NA',
    '-2.5e3;n/a;012;FALSE;1969-12-31;2024-01-31T10:30:05.25Z;twelve;4,5;no;-;x',
    ' .5 ;null;100;;2024/02/29;2024-01-31 10:30+02:00;;1;no;?;',
    '3.;NaN;200;True;;;12;2;yes;;NA',
    '+4;?;300;true;2024-12-01;2024-01-31;13;3;yes;na;y',
    '0;-;400;true;2024-12-01;2024-01-31 10:30:00-0500;13;3;yes;nan;y',
    '6;7;500;true;2024-12-01;2024-01-31T23:59Z;13;3;yes;NULL;y',
  ];
  const data = await readTable(write('kinds.csv', `${rows.join('\n')}\n`));
  const kind = Object.fromEntries(data.columns.map((column) => [column.name, column.kind]));
  assert.deepEqual(kind, {
    number: 'number',
    gaps: 'number',
    code: 'category',
    flag: 'number',
    day: 'date',
    moment: 'date',
    mixed: 'category',
    'decimal comma': 'category',
    yes: 'category',
    'all gone': 'number',
    na: 'category',
  });
  assert.deepEqual(cells(data, 'number'), [1, -2500, 0.5, 3, 4, 0, 6]);
  assert.deepEqual(cells(data, 'gaps'), [null, null, null, null, null, null, 7]);
  assert.deepEqual(cells(data, 'code')[0], '007');
  assert.deepEqual(cells(data, 'flag'), [1, 0, null, 1, 1, 1, 1]);
  assert.equal(
    data.columns.find(({ name }) => name === 'flag')?.kind === 'number' &&
      (data.columns[3] as { boolean?: boolean }).boolean,
    true,
  );
  assert.equal('boolean' in data.columns[0], false);
  const utc = (text: string) => Date.parse(text) / 1000;
  assert.deepEqual(cells(data, 'day').slice(0, 4), [utc('2024-01-31'), -86400, utc('2024-02-29'), null]);
  assert.deepEqual(cells(data, 'moment'), [
    utc('2024-01-31T10:30:00Z'),
    utc('2024-01-31T10:30:05.250Z'),
    utc('2024-01-31T08:30:00Z'),
    null,
    utc('2024-01-31T00:00:00Z'),
    utc('2024-01-31T15:30:00Z'),
    utc('2024-01-31T23:59:00Z'),
  ]);
  assert.deepEqual(cells(data, 'mixed'), ['12', 'twelve', null, '12', '13', '13', '13']);
  assert.deepEqual(
    cells(data, 'all gone'),
    times(7, () => null),
  );
  assert.deepEqual(cells(data, 'na'), ['NA', 'x', null, 'NA', 'y', 'y', 'y']);
});

test('whole numbers with few distinct values stay numbers; a column of numbers and "inf" text stays text', async () => {
  const data = await readTable(write('few.csv', 'a,b\n0,inf\n1,x\n0,inf\n'));
  assert.deepEqual(
    data.columns.map(({ kind }) => kind),
    ['number', 'category'],
  );
});

for (const [name, delimiter] of [
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['bar', '|'],
])
  test(`any text comes back as it was written: ${name}, quotes, line breaks, CR LF, gzip, byte order mark`, async () => {
    const random = stream(1, 'csv', delimiter);
    const pieces = [
      'a',
      'B',
      ' c',
      '"',
      '""',
      ',',
      ';',
      '\t',
      '|',
      '\n',
      '\r\n',
      'é',
      '😀',
      '#',
      "'",
      '\\',
      '0',
      '1.5',
      '-',
      'NA',
    ];
    for (let round = 0; round < 12; round++) {
      const breaks = round % 2 === 0 ? '\n' : '\r\n';
      const width = 2 + random.integer(4);
      const rows = times(1 + random.integer(30), () =>
        times(width, () => times(random.integer(4), () => pieces[random.integer(pieces.length)]).join('')),
      );
      rows.push(times(width, () => 'end'));
      const quoted = (cell: string) =>
        /["\n\r]/.test(cell) || cell.includes(delimiter) || random.uniform() < 0.2
          ? `"${cell.replaceAll('"', '""')}"`
          : cell;
      const lines = [times(width, (i) => `name ${i}`), ...rows].map((row) => row.map(quoted).join(delimiter));
      const text = (round % 3 === 0 ? '\ufeff' : '') + lines.join(breaks) + (round % 4 === 0 ? '' : breaks);
      const zipped = round % 5 === 0;
      const file = write(`fuzz${round}.csv`, zipped ? gzipSync(text) : text);
      const data = await readTable(file);
      assert.equal(data.digest, `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`);
      for (let c = 0; c < width; c++) {
        const wanted = rows.map((row) => row[c].replace(/^ +| +$/g, '') || null);
        assert.deepEqual(cells(data, `name ${c}`), wanted, `round ${round}, column ${c}: ${JSON.stringify(text)}`);
      }
    }
  });

test('mixed line breaks, several gzip members, patterns in the name, key=value folders', async () => {
  const wanted = [1, 3, 5];
  const mixed = write('mixed.csv', 'a,b\r\n1,2\n3,"x\ny"\r\n5,6');
  assert.deepEqual(cells(await readTable(mixed), 'a'), wanted);
  const members = write('members.csv.gz', Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n5,6\n')]));
  assert.deepEqual(cells(await readTable(members), 'a'), wanted);
  const pattern = write("it's [1]*?.csv", 'a,b\n1,2\n3,4\n5,6\n');
  assert.deepEqual(cells(await readTable(pattern), 'a'), wanted);
  mkdirSync(path('year=2024'));
  const hive = await readTable(write('year=2024/t.csv', 'a,b\n1,2\n3,4\n5,6\n'));
  assert.deepEqual(
    hive.columns.map(({ name }) => name),
    ['a', 'b'],
  );
});

test('names: blanks dropped, empty ones by their place, any character; kind by content where the name is silent', async () => {
  const data = await readTable(write('silent', ', "x" ,"a\nb",Type\n1,2,3,M\n'));
  assert.deepEqual(
    data.columns.map(({ name }) => name),
    ['column 1', '"x"', 'a b', 'Type'],
  );
  const json = await readTable(write('silent2.dat', '{"a":1}\n'));
  assert.deepEqual(cells(json, 'a'), [1]);
});

test('many rows: order, categories and numbers across chunks and threads', async () => {
  const n = 150_000;
  const lines = times(n, (i) => `${i},${i % 977 === 0 ? '' : (i * 0.37).toFixed(3)},k${i % 7}`);
  const data = await readTable(write('long.csv', `i,x,k\n${lines.join('\n')}\n`));
  assert.equal(data.rows, n);
  const [i, x, k] = ['i', 'x', 'k'].map((name) => cells(data, name));
  for (let row = 0; row < n; row += 101) {
    assert.equal(i[row], row);
    assert.equal(x[row], row % 977 === 0 ? null : Number((row * 0.37).toFixed(3)));
    assert.equal(k[row], `k${row % 7}`);
  }
});

test('JSON lines: numbers to the last bit, mixed and text columns, keys that come late, empty lines', async () => {
  const random = stream(2, 'json');
  const values = times(300, () => (random.uniform() - 0.5) * 10 ** (random.integer(600) - 300));
  const lines = values.map((value, i) =>
    JSON.stringify({
      value,
      code: `${i % 3}`,
      ...(i > 5 && { late: i % 2 === 0 }),
      mixed: i === 7 ? 'NA' : i,
      day: '2024-01-31',
      n: null,
    }),
  );
  lines.splice(3, 0, '', '  ');
  const data = await readTable(write('a.jsonl.gz', gzipSync(lines.join('\r\n'))));
  assert.deepEqual(
    data.columns.map(({ name, kind }) => `${name} ${kind}`),
    ['value number', 'code category', 'mixed number', 'day date', 'n number', 'late number'],
  );
  assert.deepEqual(cells(data, 'value'), values);
  assert.deepEqual(cells(data, 'code').slice(0, 4), ['0', '1', '2', '0']);
  assert.deepEqual(cells(data, 'late').slice(4, 8), [null, null, 1, 0]);
  assert.deepEqual(cells(data, 'mixed').slice(6, 9), [6, null, 8]);
});

test('CSV numbers are read to the last bit', async () => {
  const random = stream(3, 'csv');
  const values = times(500, () => (random.uniform() - 0.5) * 10 ** (random.integer(600) - 300));
  const data = await readTable(write('bits.csv', `x,y\n${values.map((value) => `${value},a`).join('\n')}`));
  assert.deepEqual(cells(data, 'x'), values);
});

test('Parquet: types at their word, order, gaps, NaN; gzipped too', async () => {
  const file = path('types.parquet');
  await withDuckDB(async (db) => {
    await db.run(`COPY (SELECT i AS "row", CASE WHEN i = 2 THEN NULL ELSE i / 4 END AS f, CASE WHEN i = 3 THEN 'NaN'::FLOAT ELSE 0.5::FLOAT END AS nan,
      (i * 1.25)::DECIMAL(9, 2) AS d, (i * 10000000000)::BIGINT AS big, i % 2 = 0 AS b, '00' || i AS code, ['x', 'y'][1 + i % 2]::ENUM('x', 'y') AS e,
      DATE '2024-01-31' + i::INTEGER AS day, TIMESTAMP '2024-01-31 10:30:00.5' AS at, TIMESTAMPTZ '2024-01-31 10:30:00+02' AS zoned, TIME '10:30' AS clock
      FROM range(5000) t(i)) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  });
  const check = async (name: string) => {
    const data = await readTable(name);
    assert.equal(data.rows, 5000);
    assert.deepEqual(
      data.columns.map(({ name, kind }) => `${name} ${kind}`).join(', '),
      'row number, f number, nan number, d number, big number, b number, code category, e category, day date, at date, zoned date, clock category',
    );
    assert.deepEqual(
      cells(data, 'row'),
      times(5000, (i) => i),
    );
    assert.deepEqual(cells(data, 'f').slice(0, 4), [0, 0.25, null, 0.75]);
    assert.deepEqual(cells(data, 'nan').slice(2, 4), [0.5, null]);
    assert.deepEqual([cells(data, 'd')[3], cells(data, 'big')[4999], cells(data, 'b')[1]], [3.75, 49990000000000, 0]);
    assert.deepEqual(
      [cells(data, 'code')[12], cells(data, 'e')[1], cells(data, 'clock')[0]],
      ['0012', 'y', '10:30:00'],
    );
    assert.equal(cells(data, 'day')[1], Date.parse('2024-02-01') / 1000);
    assert.equal(cells(data, 'at')[0], Date.parse('2024-01-31T10:30:00.500Z') / 1000);
    assert.equal(cells(data, 'zoned')[0], Date.parse('2024-01-31T08:30:00Z') / 1000);
  };
  await check(file);
  await check(write('types.parquet.gz', gzipSync(readFileSync(file))));
});

test('DuckDB has CSV, JSON and Parquet built in and never fetches an extension', async () => {
  await withDuckDB(async (db) => {
    const answer = await db.runAndReadAll(
      `SELECT extension_name FROM duckdb_extensions() WHERE install_mode = 'STATICALLY_LINKED' AND loaded`,
    );
    const builtIn = answer.getRows().flat();
    for (const name of ['json', 'parquet', 'icu']) assert.ok(builtIn.includes(name), name);
    const settings = await db.runAndReadAll(
      `SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')`,
    );
    assert.deepEqual(settings.getRows()[0], [false, false]);
  });
});

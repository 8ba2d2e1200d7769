import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { withDuckDB } from '../../../src/data/readers/duckdb.ts';
import { readTable } from '../../../src/data/readers/table.ts';
import { folder, oneLine, times } from '../helpers.ts';

const { path, write } = folder();
const wide = (bytes: number[]) => Buffer.from(bytes);

/** Name, content, and what the one line must hold beside the file's name. */
const bad: [string, string | Uint8Array, ...(string | RegExp)[]][] = [
  ['empty.csv', '', 'is empty'],
  ['empty.csv.gz', gzipSync(''), 'is empty'],
  ['empty.parquet', '', 'is empty'],
  ['empty.jsonl', '\n \n', 'no row'],
  ['header.csv', 'a,b\n', 'no row'],
  ['header2.csv', 'a,b', 'no row'],
  ['header3.csv', 'a,b\r\n\r\n\r\n', 'no row'],
  ['short.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', 'line 3', '2 fields', 'header has 3'],
  ['long.csv', 'a,b\n1,2\n"x\ny\nz",2\n4,5,6\n', 'line 6', '3 fields', 'header has 2'],
  ['long.csv.gz', gzipSync('a;b\r\n1;2\r\n4;5;6\r\n'), 'line 3', '3 fields'],
  ['trailing.csv', 'a,b\n1,2,\n3,4\n', 'line 2', '3 fields'],
  ['late.csv', `a,b\n${'1,2\n'.repeat(300_000)}3\n`, 'line 300002', '1 fields'],
  ['gap.csv', 'a,b\n1,2\n\n3,4\n', 'line 3', 'is empty'],
  ['top.csv', '\na,b\n1,2\n', 'line 1', 'is empty'],
  ['open.csv', 'a,b\n1,"x\n3,4\n', 'line 2', 'never closes'],
  ['after.csv', 'a,b\n1,"x"y\n3,4\n', 'line 2', 'closing quote'],
  ['mac.csv', 'a,b\r1,2\r3,4\r', 'line 1', 'carriage return'],
  ['one.csv', 'a b\n1 2\n', 'line 1', 'one column only'],
  ['numbers.csv', '0.3,1,2\n0.4,2,3\n', 'line 1', '"0.3"', 'names'],
  ['twice.csv', 'a,b, a \n1,2,3\n', 'columns 1 and 3', '"a"'],
  ['inf.csv', 'a,b\n1,2\n"x\ny",3\n1,inf\n', 'line 5', 'column "b"', '"inf"', 'finite'],
  ['huge.csv', 'a,b\nx,2\ny,NA\nz,-1e999\n', 'line 4', 'column "b"', '"-1e999"'],
  ['day.csv', 'a,b\nx,2024-02-29\ny,2023-02-29\n', 'line 3', 'column "b"', '2023-02-29'],
  ['latin1.csv', Buffer.from('a,b\n1,2\n3,Gr\xf6\xdfe\n', 'latin1'), 'line 3', 'UTF-8'],
  ['utf16.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'UTF-16', 'UTF-8'],
  ['zero.csv', 'a,b\n1,2\n3,\0\n', 'line 3', 'zero byte'],
  ['line.csv', `a,b\n1,${'x'.repeat(3e6)}\n`, 'line 2', '2 MB'],
  ['sheet.xlsx', wide([0x50, 0x4b, 3, 4, 0, 0]), 'save a spreadsheet as CSV'],
  ['sheet.csv', wide([0x50, 0x4b, 3, 4, 0, 0, 10, 20]), 'zero byte'],
  ['picture', wide([0x89, 0x50, 0x4e, 0x47, 0, 1]), 'not a kind'],
  ['words.txt', 'hello\nworld\n', 'not a kind'],
  ['broken.jsonl', '{"a":1}\n\n{"a":\n', 'line 3', 'not valid JSON'],
  ['nan.jsonl', '{"a":1}\n{"a":NaN}\n', 'line 2', 'null'],
  ['array.json', '[{"a":1},\n{"a":2}]\n', 'line 1', 'one object a line'],
  ['array2.json', '[{"a":1}]', 'line 1', 'JSON array'],
  ['value.jsonl', '{"a":1}\n5\n', 'line 2', 'not a JSON object'],
  ['nested.jsonl', '{"a":1}\n{"a":[1]}\n', 'line 2', 'column "a"', 'nested'],
  ['beyond.jsonl', '{"a":1}\n{"a":1e999}\n', 'line 2', 'column "a"'],
  ['text.jsonl', '{"a":"x","b":1}\n{"a":"y","b":"inf"}\n', 'line 2', 'column "b"', '"inf"'],
  ['case.jsonl', '{"a":1,"A":2}\n', '"a" and "A"', 'case'],
  ['key.jsonl', '{"a":1}\n{"a":2}\n{"a":1,"a":2}\n', 'line 3', '"a"', 'twice'],
  ['mark.jsonl', '\ufeff{"a":1}\n', 'line 1', 'byte order mark'],
  ['utf8.jsonl', Buffer.from('{"a":"x"}\n{"a":"\xe9"}\n', 'latin1'), 'line 2', 'UTF-8'],
  ['no.parquet', 'hello, world', 'not a Parquet file'],
];

for (const [name, content, ...parts] of bad)
  test(`bad file ${name}: one line that names it`, async () => {
    const file = write(name, content);
    await assert.rejects(readTable(file), oneLine(file, ...parts));
  });

test('missing file (with the nearest name), folder, damaged and cut gzip', async () => {
  write('machines.csv', 'a,b\n1,2\n');
  await assert.rejects(readTable(path('machine.csv')), oneLine('no such file', '"machines.csv"'));
  await assert.rejects(readTable(path('nowhere/at/all.csv')), oneLine('no such file'));
  await assert.rejects(readTable(path('.')), oneLine('is a folder'));
  const whole = gzipSync(`a,b\n${times(20_000, (i) => `${i},${(i * 7919) % 1009}\n`).join('')}`);
  for (const share of [0.3, 0.9, 1 - 4 / whole.length])
    await assert.rejects(
      readTable(write('cut.csv.gz', whole.subarray(0, Math.floor(share * whole.length)))),
      oneLine('cut off'),
    );
  await assert.rejects(readTable(write('cut.jsonl.gz', gzipSync('{"a":1}\n').subarray(0, 15))), oneLine('cut off'));
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 2000, 2100);
  await assert.rejects(readTable(write('damaged.csv.gz', damaged)), oneLine('gzip is'));
});

test('Parquet: cut, damaged, without rows, nested, doubled names, infinite', async () => {
  const make = async (name: string, select: string) => {
    await withDuckDB((db) => db.run(`COPY (${select}) TO '${path(name)}' (FORMAT parquet)`));
    return path(name);
  };
  const whole = readFileSync(await make('whole.parquet', 'SELECT i AS aa, i * 2 AS ab FROM range(3000) t(i)'));
  await assert.rejects(
    readTable(write('cut.parquet', whole.subarray(0, whole.length >> 1))),
    oneLine('cut.parquet', 'cut off'),
  );
  const footer = Buffer.from(whole);
  footer.fill(7, whole.length - 150, whole.length - 8);
  await assert.rejects(readTable(write('footer.parquet', footer)), oneLine('footer.parquet', 'damaged'));
  const pages = Buffer.from(whole);
  pages.fill(7, 4, 400);
  await assert.rejects(readTable(write('pages.parquet', pages)), oneLine('pages.parquet', 'damaged'));
  await assert.rejects(
    readTable(write('cut.parquet.gz', gzipSync(whole).subarray(0, 300))),
    oneLine('gzip is cut off'),
  );
  const doubled = Buffer.from(whole.toString('latin1').replaceAll('ab', 'aa'), 'latin1');
  await assert.rejects(readTable(write('doubled.parquet', doubled)), oneLine('columns 1 and 2', '"aa"'));
  await assert.rejects(readTable(await make('none.parquet', 'SELECT 1 AS a WHERE false')), oneLine('no row'));
  await assert.rejects(readTable(await make('list.parquet', 'SELECT 1 AS a, [1, 2] AS l')), oneLine('column "l"'));
  await assert.rejects(
    readTable(await make('struct.parquet', "SELECT {'x': 1} AS s, 2 AS b")),
    oneLine('column "s"', 'nested'),
  );
  const infinite = await make(
    'inf.parquet',
    "SELECT CASE WHEN i = 2 THEN 'inf'::DOUBLE ELSE i END AS a FROM range(5) t(i)",
  );
  await assert.rejects(readTable(infinite), oneLine('row 3', 'column "a"', 'finite'));
});

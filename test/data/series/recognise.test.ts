import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openSeries, recogniseSeries, type SeriesKind } from '../../../src/data/series/index.ts';
import { folder, oneLine, times } from '../helpers.ts';

const { path, write } = folder();
const wide = (from: number) => times(8, (i) => from + (i % 3)).join(',');

test('by the names of the files, gzipped or not, capitals or not, also where there is no such file', async () => {
  const kinds: [string, SeriesKind | undefined][] = [
    ['100.i16', 'raw'],
    ['100.I16.GZ', 'raw'],
    ['100.i16.gzip', 'raw'],
    ['set.ts', 'rows'],
    ['set.TS.gz', 'rows'],
    ['set.tsv', 'rows'],
    ['set.txt.gz', 'rows'],
    ['walk.csv', undefined],
    ['walk.csv.gz', undefined],
    ['walk.parquet', undefined],
    ['walks.ts.csv', undefined],
    ['walks', undefined],
  ];
  for (const [name, kind] of kinds) assert.equal(await recogniseSeries([path(name), path(name)]), kind, name);
  // Named columns or events: then a table of steps.
  for (const name of ['walk.tsv', 'walk.txt.gz', 'walk.csv', 'walk.parquet'])
    assert.equal(await recogniseSeries([name], { series: ['x'] }), 'recordings');
  assert.equal(await recogniseSeries(['walk.csv'], { events: 'e.csv' }), 'recordings');
  assert.equal(await recogniseSeries(['100.i16'], { series: ['x'], events: 'e.csv' }), 'raw');
  assert.equal(await recogniseSeries([]), undefined);
  assert.equal(await recogniseSeries([path('.')]), undefined);
});

test('by the first line: numbers are a series, names a table', async () => {
  const cases: [string, string | Uint8Array, SeriesKind | undefined][] = [
    ['a.tsv', '1\t0.5\t0.25\n2\t1\t2\n', 'rows'],
    ['b.tsv', 'id\tx\ty\n1\t2\t3\n', undefined],
    ['c.tsv', '\ufeff1\t0.5\tNaN\n', 'rows'],
    ['d.tsv', 'walk\t0.5\t0.25\nrun\t1\t2\n', 'rows'],
    // Names of steps.
    ['e.tsv', `label\t${times(20, (i) => i).join('\t')}\n`, undefined],
    ['f.csv', `${times(20, (i) => i).join(',')}\n`, undefined],
    ['g.tsv.gz', gzipSync('1\t2\t3\n'), 'rows'],
    ['h.tsv.gz', gzipSync('a\tb\tc\n1\t2\t3\n'), undefined],
    ['i.txt', '   1.0e+00   2.0e-01   3.5e-01\n', 'rows'],
    ['j.txt', 'the first line of a text\n', undefined],
    ['k.csv', `${wide(1)}\n${wide(2)}\n`, 'rows'],
    ['l.csv', '1,2,3,4,9,6,7\n', undefined],
    ['m.csv', `a,${wide(1)}\n`, undefined],
    ['n.csv', 'a,b,c,d,e,f,g,h,i\n1,2,3,4,5,6,7,8,9\n', undefined],
    ['o.tsv', '7\n8\n', undefined],
    // A first line longer than what is looked at.
    ['p.tsv', `1\t${times(40_000, (i) => i % 7).join('\t')}\n`, 'rows'],
    ['q.tsv', '\n\n', undefined],
  ];
  for (const [name, content, kind] of cases) assert.equal(await recogniseSeries([write(name, content)]), kind, name);
});

test('one way only: what is opened is what was recognised', async () => {
  const csv = write('wide.csv', `${[wide(1), wide(1), wide(2), wide(2)].join('\n')}\n`);
  const set = await openSeries([csv], {});
  assert.deepEqual([set.recordings.length, set.recordings[0].length, set.classes], [4, 7, ['1', '2']]);
  const named = write('named.tsv', 'x\ty\tstate\n1\t2\ta\n1\t2\tb\n2\t3\ta\n4\t4\tb\n');
  await assert.rejects(openSeries([named], {}), oneLine('--series: name the columns'));
  assert.equal((await openSeries([named], { series: ['x'], label: 'state' })).recordings.length, 1);
  await assert.rejects(recogniseSeries([csv, named]), oneLine(`${named}: of another kind than ${csv}`));
  assert.equal(await recogniseSeries([named, write('other.csv', 'a,b\n1,2\n')]), undefined);
});

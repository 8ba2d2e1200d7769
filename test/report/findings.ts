import { mkdirSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { stream } from '../../src/array/random.ts';
import type { Finding } from '../../src/data/dataset.ts';
import { type OpenTaskOptions, openTask } from '../../src/data/items/open.ts';
import { readPictures } from '../../src/data/pictures/index.ts';
import { seriesFolds } from '../../src/data/series/folds.ts';
import { makeWindows, openSeries, readRecordings, sequenceStarts } from '../../src/data/series/index.ts';
import { makeFolds, missingClasses } from '../../src/data/splits.ts';
import { makeTask } from '../../src/data/task.ts';
import { ai4i, folder, table, times } from '../data/helpers.ts';
import { idx, png, put } from '../data/pictures/make.ts';
import { counting, recording, setOf, upTo } from '../data/series/make.ts';

const { path, write } = folder();

/** Findings of every kind, as the readers make them of small data. Files lie in `root`. */
export async function everyFinding(): Promise<{ root: string; findings: Finding[] }> {
  const findings = [...(await ofTables()), ...(await ofSeries()), ...(await ofEvents()), ...(await ofPictures())];
  return { root: path(''), findings };
}

const audit = async (files: readonly string[], options: OpenTaskOptions) => (await openTask(files, options)).audit;

const noise = (n: number, name: string) => {
  const random = stream(1, name);
  return times(n, () => Number(random.normal().toFixed(4)));
};

async function ofTables(): Promise<Finding[]> {
  const n = 200;
  const label = times(n, (i) => (i === 7 ? null : i === 9 ? 'odd' : i % 4 === 0 ? 'b' : 'a'));
  const day = times(n, (i) => new Date(Date.UTC(2026, 0, 1 + ((i * 37) % n))));
  const columns = {
    x: noise(n, 'x').map((value, i) => (i === 3 ? null : i === 1 ? 0.25 : i === 0 ? 0.25 : value)),
    y: times(n, (i) => (i < 2 ? 1 : (i * 7) % 13)),
    same: times(n, () => 'ok'),
    nothing: times(n, (): string | null => null),
    key: times(n, (i) => `k${i}`),
    run: times(n, (i) => i),
    mixed: times(n, (i) => (i * 77) % n),
    part_id: times(n, (i) => ((i * 7919) % 10007) * 3),
    flag: times(n, (i) => (i % 4 === 0 && i !== 9 ? 1 : 0)),
    code: times(n, (i) => (i % 4 === 0 ? 'pqrs'[i % 3] : 'tuvw'[i % 4])),
    thing: times(n, (i) => `v${(i * 7) % 61}`),
    text: times(n, (i) => (i === 5 ? 'n/k' : String((i * 7) % 11))),
    when: day,
    label,
  };
  const one = makeTask(table(columns), { label: ['label'] });
  const folds = makeFolds(one, { folds: 4, repeats: 1, seed: 1 }).folds;
  // A dozen classes of two rows, each absent from some part.
  const rare = makeTask(table({ x: noise(104, 'rare'), y: times(104, (i) => (i < 80 ? 'common' : `c${i % 12}`)) }), {
    label: ['y'],
  });
  const tails = [...rare.audit, ...missingClasses(rare, makeFolds(rare, { folds: 3, repeats: 1, seed: 1 }).folds)];
  const copies = table({ x: [1, 1, 1, 2, 3, 4, 5, 6, 7, 8], z: ['a', 'a', 'b', 'b', 'a', 'b', 'a', 'b', 'a', 'b'] });
  const kinds = times(150, (i) => Math.floor(i / 50));
  const iris = table({
    petal: noise(150, 'petal').map((value, i) => [1.5, 4.3, 5.2][kinds[i]] + 0.2 * Math.tanh(value)),
    species: kinds.map((k) => ['setosa', 'versicolor', 'virginica'][k]),
  });
  const bad = noise(200, 'bad').map((value) => value > 0.9);
  const uniform = stream(3, 'dresses');
  const dresses = table({
    part: noise(200, 'part'),
    repair: bad.map((b, i) => (b ? new Date(1.7e12 + ((i * 7919) % 997) * 1e8) : null)),
    comment: bad.map((b) => (b && uniform.uniform() < 0.8 ? 'E1' : 'ABC'[uniform.integer(3)])),
    codes: bad.map((b) =>
      b && uniform.uniform() < 0.9 ? ['E1', 'E2'][uniform.integer(2)] : 'ABC'[uniform.integer(3)],
    ),
    downtime: bad.map((b) => (b && uniform.uniform() < 0.7 ? 5 + uniform.uniform() : 0)),
    cost: bad.map((b) => (b ? 500 : 0) + 100 * uniform.uniform()),
    state: bad.map((b) => (b ? 'bad' : 'good')),
  });
  const flags = table({
    x: noise(40, 'f'),
    a: times(40, (i) => (i < 9 ? 1 : 0)),
    b: times(40, (i) => (i < 2 ? 1 : 0)),
  });
  return [
    ...one.audit,
    ...missingClasses(one, folds),
    ...tails,
    ...makeTask(copies, { label: ['z'] }).audit,
    ...makeTask(iris, { label: ['species'] }).audit,
    ...makeTask(dresses, { label: ['state'] }).audit,
    ...makeTask(flags, { label: ['a', 'b'] }).audit,
    ...makeTask(table({ x: noise(30, 'g'), a: times(30, (i) => i % 2), b: times(30, () => 0) }), { label: ['a', 'b'] })
      .audit,
    ...(await audit([ai4i], { label: ['Machine failure'] })),
    ...(await audit([ai4i], { label: ['Machine failure'], keep: ['HDF', 'RNF'], imbalance: 50 })),
  ];
}

async function ofSeries(): Promise<Finding[]> {
  const csv = (name: string, rows: readonly string[]) => write(name, `t,x,y\n${rows.join('\n')}\n`);
  const label = (i: number) => (i < 20 ? '' : i < 50 ? 'a' : i === 54 ? 'c' : 'b');
  const uneven = (i: number) => i + (i > 40 ? 3 : 0) + (i % 2) * 0.2;
  const walk = csv(
    'walk.csv',
    times(80, (i) => `${uneven(i)},${i === 30 ? '' : i % 5},${label(i)}`),
  );
  const short = csv('short.csv', ['0,1,a', '1,2,a', '2,2,b']);
  const files = [walk, short];
  const options = { series: ['x'], label: 'y', time: 't' };
  const read = await readRecordings(files, { ...options, rate: 1.2 });
  const plain = await readRecordings(files, options);
  const even = await readRecordings([walk], { ...options, resample: true });
  const blocks = await openSeries([walk], { ...options, blocks: 2 });
  const windows = makeWindows(plain, { window: 5 });
  const task = await audit(files, { ...options, label: ['y'], window: 5 });
  const tsv = write('X_TRAIN.tsv', '1\t1\tNaN\t3\n1\t2\t3\n2\t1\t2\t3\n5\t1\t2\t3\n1\t5\t6\t7\n');
  const test = write('X_TEST.tsv', '1\t1\t2\t3\n2\t2\t3\t4\n4\t2\t3\t4\n1\t7\t6\t5\n1\t7\t6\t9\n');
  const other = write('more.tsv', '1\t1\t2\t3\n2\t2\t3\t4\n');
  const groups = setOf(
    times(6, (r) => recording(`r${r}`, [upTo(8)], { labels: Int32Array.from(upTo(8), () => (r === 0 ? 1 : 0)) })),
    { classes: ['u', 'v'], counts: [40, 8] },
  );
  const grouped = makeWindows(groups, { window: 4 });
  const long = makeWindows(
    counting([12, 4, 4], (r) => r % 2, ['u', 'v']),
    { window: 2 },
  );
  return [
    ...[read, plain, even, blocks, windows].flatMap((set) => set.findings),
    ...task,
    ...(await audit([tsv, test], { window: 3, rate: 50 })),
    ...(await audit([tsv, test], { window: 2, imbalance: 2 })),
    ...(await audit([tsv, other], { pool: true })),
    ...seriesFolds(grouped, { folds: 3, repeats: 1, seed: 1 }).findings,
    ...sequenceStarts(long, Int32Array.from(upTo(long.rows)), 3).findings,
  ];
}

async function ofEvents(): Promise<Finding[]> {
  mkdirSync(path('raw'));
  const samples = (n: number) => new Uint8Array(Int16Array.from({ length: 2 * n }, (_, i) => i % 9).buffer);
  const meta = (more: Record<string, unknown>) =>
    JSON.stringify({
      fs_hz: 10,
      ...more,
      records: {
        7: { channels: ['I', 'V1'], comment: '68 M' },
        8: { channels: ['I', 'V2'], comment: '68 M' },
        9: { channels: ['I', 'V2'] },
      },
    });
  const files = ['7', '8'].map((name) => write(`raw/${name}.i16`, samples(100)));
  const marks = ['7,4,N', '7,50,V', '7,50,V', '7,97,F', '8,30,N', '8,50,V', '8,60,', '9,20,N'];
  write('raw/beats.csv', `record,sample,label\n${marks.join('\n')}\n`);
  write('raw/meta.json', meta({}));
  const converter = await audit(files, { events: 'beats.csv', window: 10 });
  write('raw/meta.json', meta({ adc_zero: 1024, adc_units_per_mV: 200 }));
  write('raw/rhythms.csv', 'record,start_sample,end_sample,rhythm\n7,0,50,A\n7,50,90,B\n8,0,90,B\n');
  return [...converter, ...(await audit(files, { window: '1s' }))];
}

async function ofPictures(): Promise<Finding[]> {
  return [...(await ofFolders()), ...(await ofLists()), ...(await ofArrays())];
}

/** A picture of noise, [channels][height][width]. */
function speckled(name: string, [height, width] = [12, 12], channels: 1 | 3 | 4 = 1) {
  const random = stream(5, name);
  const pixels = Uint8Array.from({ length: height * width * channels }, () => random.integer(256));
  const picture = sharp(pixels, { raw: { height, width, channels } });
  return channels === 1 ? picture.toColourspace('b-w') : picture;
}

async function ofFolders(): Promise<Finding[]> {
  const into = async (name: string, picture: Sharp) => put(path(name), await picture.toBuffer());
  for (const name of ['a', 'b'])
    for (let i = 0; i < 3; i++) await into(`mixed/${name}/${i}.png`, speckled(`${name}${i}`, [12, 12], 3).png());
  await into('mixed/a/grey.png', speckled('grey').png());
  await into('mixed/a/alpha.png', speckled('alpha', [12, 12], 4).png());
  await into('mixed/a/turned.jpg', speckled('turned', [12, 12], 3).jpeg().withMetadata({ orientation: 6 }));
  await into('mixed/a/large.png', speckled('large', [20, 15], 3).png());
  await into('mixed/b/deep/inner.webp', speckled('inner', [12, 12], 3).webp({ lossless: true }));
  const deep = Uint16Array.from({ length: 144 }, (_, i) => i * 40);
  await into(
    'mixed/b/deep.png',
    sharp(deep, { raw: { height: 12, width: 12, channels: 1 } })
      .toColourspace('grey16')
      .png(),
  );
  const frames = Buffer.concat([0, 1].map((i) => Buffer.alloc(3 * 12 * 12, 80 * i)));
  const pages = sharp(frames, { raw: { width: 12, height: 24, channels: 3, pageHeight: 12 } });
  await into('mixed/b/moves.gif', pages.gif());
  await into('mixed/flat.png', speckled('outside').png());
  put(path('mixed/b/broken.png'), 'no picture');
  put(path('mixed/b/scan.bmp'), 'BM');
  put(path('mixed/notes.txt'), 'notes');
  mkdirSync(path('mixed/c'));
  const mixed = [path('mixed')];
  for (const side of ['train', 'val', 'test'])
    for (const name of ['a', 'b'])
      for (let i = 0; i < 5; i++)
        await into(`sides/${side}/${name}/s${i % 2}-${i}.png`, speckled(`${side}${name}${i}`).png());
  put(path('sides/test/b/copy.png'), await speckled('traina1').png().toBuffer());
  put(path('sides/train/a/s3-flat.png'), await png(7, [12, 12]));
  const like = await speckled('trainb2').png().toBuffer();
  await into('sides/test/a/s4-like.png', sharp(like).linear(0.9, 5).toColourspace('b-w').png());
  for (const side of ['train', 'val'])
    for (const name of ['a', 'b', ...(side === 'val' ? ['only'] : ['never'])])
      await into(`two/${side}/${name}/1.png`, speckled(`two${side}${name}`).png());
  return [
    ...(await audit(mixed, { skipUnreadable: true })),
    ...(await audit(mixed, { skipUnreadable: true, channels: 1, size: [12, 12] })),
    ...(await audit([path('sides')], { group: 'file:^(s.|.)' })),
    ...(await audit([path('sides')], { group: 'file:^(.*)$', pool: true })),
    ...(await audit([path('two')], {})),
  ];
}

async function ofLists(): Promise<Finding[]> {
  const names = times(8, (i) => `p${i}.png`);
  for (const [i, name] of names.entries())
    put(
      path(`list/${name}`),
      await speckled(i < 2 ? 'twin' : name, [12, 12], 3)
        .grayscale()
        .toColourspace('srgb')
        .png()
        .toBuffer(),
    );
  const rows = names.map((name, i) => `${name},${i === 7 ? '' : 'uv'[i % 2]},g${i}`);
  write('list/pictures.csv', `file,state,machine\n${[...rows, `${names[3]},u,g1`].join('\n')}\n`);
  const file = [path('list/pictures.csv')];
  return [
    ...(await readPictures(file, { label: ['state'] })).findings,
    ...(await audit(file, { path: 'file', label: ['state'] })),
    ...(await audit(file, { path: 'file', label: ['state'], group: 'machine' })),
  ];
}

async function ofArrays(): Promise<Finding[]> {
  const random = stream(9, 'arrays');
  const bytes = (n: number, values = 256) => Uint8Array.from({ length: n }, () => random.integer(values));
  const labels = (n: number) => times(n, (i) => i % 2);
  const mnist = (side: string, n: number, edge: number) => {
    put(path(`idx/${side}-images-idx3-ubyte`), idx([n, edge, edge], bytes(n * edge * edge)));
    put(path(`idx/${side}-labels-idx1-ubyte`), idx([n], labels(n)));
  };
  mnist('train', 20, 6);
  mnist('t10k', 12, 8);
  mnist('some', 10, 6);
  const files = (...sides: string[]) =>
    sides.flatMap((side) => [path(`idx/${side}-images-idx3-ubyte`), path(`idx/${side}-labels-idx1-ubyte`)]);
  put(path('idx/README.md'), 'notes');
  const cifar = Buffer.concat(times(12, (i) => Buffer.concat([Buffer.from([i % 3]), bytes(3072)])));
  put(path('cifar/batch.bin'), cifar);
  const raw = (name: string, shape: number[], pixels: Uint8Array) => {
    put(path(`raw-${name}/x.u8`), pixels);
    put(path(`raw-${name}/x.json`), JSON.stringify({ dtype: 'uint8', shape, file: 'x.u8', labels: 'labels.csv' }));
    const rows = times(shape[0], (i) => `${i},${'pq'[i % 2]}`);
    put(path(`raw-${name}/labels.csv`), `row,class\n${rows.join('\n')}\n`);
    return path(`raw-${name}/x.u8`);
  };
  const codes = raw(
    'codes',
    [12, 4, 4],
    Uint8Array.from({ length: 192 }, (_, i) => (i < 32 ? i % 2 : random.integer(2))),
  );
  const colour = raw('colour', [12, 4, 4, 3], bytes(576));
  put(path('own/x.u8'), bytes(4 * 9 + 4 * 16));
  put(path('own/x.json'), JSON.stringify({ dtype: 'uint8', layout: 'own sizes', file: 'x.u8', labels: 'labels.csv' }));
  const sizes = times(8, (i) => (i < 4 ? `${9 * i},3,3` : `${36 + 16 * (i - 4)},4,4`));
  put(
    path('own/labels.csv'),
    `class,offset,height,width\n${sizes.map((text, i) => `${'pq'[i % 2]},${text}`).join('\n')}\n`,
  );
  return [
    ...(await audit(files('train', 't10k'), { size: [6, 6] })),
    ...(await audit(files('train', 'some'), {})),
    ...(await audit(files('train'), {})),
    ...(await audit(files('t10k'), { channels: 3 })),
    ...(await audit([path('cifar')], { channels: 1 })),
    ...(await audit([path('cifar/batch.bin')], { group: 'file:^(.*)$' })),
    ...(await audit([codes], { size: [8, 8] })),
    ...(await audit([colour], { channels: 1 })),
    ...(await audit([path('own/x.u8')], {})),
    ...(await audit([path('own/x.u8')], { size: [5, 5] })),
  ];
}

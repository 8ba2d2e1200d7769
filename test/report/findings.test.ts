import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingKinds } from '../../src/report/text/data.ts';
import { isFlags, translate } from '../../src/report/text/known.ts';
import { everyFinding } from './findings.ts';

const source = join(import.meta.dirname, '../../src/data');

/** Kinds of columns and of items. */
const OTHERS = ['number', 'category', 'date', 'table', 'series', 'pictures'];

/** Kinds of findings that the source of the data layer writes down. */
function kindsInSource(): Set<string> {
  const kinds = new Set<string>();
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of files) {
    const text = readFileSync(join(source, name), 'utf8');
    for (const [, first, second] of [
      ...text.matchAll(/kind: (?:[^,'}]*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?,\s*(?:column|severity|detail|\.\.\.)/g),
      ...text.matchAll(/\b(?:say|found)\(\s*'([a-z-]+)'/g),
      ...text.matchAll(/\bleftOut\(\w+, \w+, '([a-z-]+)'/g),
    ])
      for (const kind of [first, second]) if (kind !== undefined && !OTHERS.includes(kind)) kinds.add(kind);
  }
  return kinds;
}

/** English words left in a Japanese sentence; names of files, columns, classes, formats and flags are none. */
function leftOver(japanese: string, root: string): string | undefined {
  const bare = japanese
    .replaceAll(new RegExp(`${root}[^ 、。：）]*( \\(not a picture, or damaged\\))?`, 'g'), '')
    .replaceAll(/「[^」]*」/g, '')
    .replaceAll(/--[\w-]+( (COLUMN|HZ|file:PATTERN|"[^"]*"|[\w-]+))?/g, '')
    .replaceAll(/[\w./-]+\.(json|csv|png|txt|bmp|u8)/g, '')
    .replaceAll(/\(value - \d+\)|adc_\w+|"patient"|train|test|sktime|idx|none|Machine failure/g, '');
  return /[a-z]{3,}/.exec(bare)?.[0];
}

test('every finding that the readers make has a name, and it and its remedy stand in Japanese', async () => {
  const { root, findings } = await everyFinding();
  const met = new Set(findings.map(({ kind }) => kind));
  const kinds = [...kindsInSource()];
  assert.ok(kinds.length > 55, `${kinds.length} kinds`);
  assert.deepEqual(
    kinds.filter((kind) => !Object.hasOwn(findingKinds, kind)),
    [],
    'without a name',
  );
  assert.deepEqual(
    kinds.filter((kind) => !met.has(kind)),
    [],
    'without an example',
  );
  const sentences = findings.flatMap(({ detail, override }) => [detail, ...(override === undefined ? [] : [override])]);
  const unknown = [...new Set(sentences)].flatMap((sentence) => {
    const japanese = isFlags(sentence) ? '' : translate(sentence);
    if (japanese === null) return [sentence];
    // Names of leads with their counts stay as they are.
    const word = /^"channel 2" is /.test(sentence) ? undefined : leftOver(japanese, root);
    return word === undefined ? [] : [`${word}: ${sentence}: ${japanese}`];
  });
  assert.deepEqual(unknown, [], 'without Japanese');
});

test('sentences that small data does not bring about', () => {
  for (const [sentence, japanese] of [
    [
      '1,234 pairs of near twins or more (the search ended early) among 940 pictures (9.4 %; first a b.png, item 2 and c.png); --group holds all of them together; told by brightness at 28 x 28 pixels: contrast evened and the mean picture taken off, it correlates by 0.985 or more',
      'ほぼ同じ画像が 1,234 組以上（探索は途中で打ち切り）、計 940 枚（9.4 %。最初は a b.png の 2 件目 と c.png）。--group により、いずれも分割をまたぎません。28 x 28 画素の明るさで判定（コントラストをそろえ、平均画像を引いた相関が 0.985 以上）',
    ],
    [
      '14 of 10,000 test pictures have their twin in training: on them the result is too rosy',
      '評価画像 10,000 枚中 14 枚は、同じ画像かほぼ同じ画像が学習側にあります：それらの結果は実際より良く見えます',
    ],
    ['take one of each out', '各組の 1 枚を除く'],
    [
      '3 pictures (of 9) of another size (height 20 to 24, width 15) stretched to 12 x 12; the ratio of the sides is not kept; first a.png, b.png, c.png',
      '9 枚中 3 枚：大きさが異なる（高さ 20〜24、幅 15）ため、12 x 12 に伸縮。縦横比は保たない（最初は a.png, b.png, c.png）',
    ],
    ['3 files that are no pictures left out: a, b, c', '画像でないファイル 3 個を除きました（a, b, c）'],
    [
      '4 groups of 9 stand on both sides of the division that came with the data (first "p"): the result is too rosy',
      '9 グループ中 4 グループが付属の分割の両側に入っています（最初は「p」）：結果は実際より良く見えます',
    ],
    // The name of a class is never translated.
    [
      'class "training" (7 windows) is absent from the test part of 1 of 3 folds',
      'クラス「training」（7 件）を含まない部分があります：3 分割中 1 分割の評価部分',
    ],
  ])
    assert.equal(translate(sentence), japanese);
});

test('flags alone are no sentence', () => {
  for (const flags of ['--window', '--before, --window', '--keep "a b"', '--size HEIGHT,WIDTH'])
    assert.ok(isFlags(flags));
  for (const sentence of ['--channels 1 makes all of them grey', '--pool divides anew', 'a longer --window'])
    assert.ok(!isFlags(sentence), sentence);
});

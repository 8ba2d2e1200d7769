import assert from 'node:assert/strict';
import { test } from 'node:test';
import { representationMethods } from '../../src/methods/represent/index.ts';
import { representationMetrics } from '../../src/metrics/clustering/index.ts';
import { format, smallerIsBetter, unitOf } from '../../src/report/figures.ts';
import { armTexts } from '../../src/report/text/arms.ts';
import { classTexts } from '../../src/report/text/classes.ts';
import { collapseTexts } from '../../src/report/text/collapse.ts';
import { comparisonTexts } from '../../src/report/text/comparisons.ts';
import { confusionTexts } from '../../src/report/text/confusion.ts';
import { angleTexts, courseTexts, mapTexts } from '../../src/report/text/course.ts';
import { dataTexts, findingKinds } from '../../src/report/text/data.ts';
import { designTexts, schemes } from '../../src/report/text/design.ts';
import { known, translate } from '../../src/report/text/known.ts';
import { methodName, metricName } from '../../src/report/text/names.ts';
import { pageTexts } from '../../src/report/text/page.ts';
import * as planeTexts from '../../src/report/text/plane.ts';
import * as representTexts from '../../src/report/text/represent.ts';
import { sentences } from '../../src/report/text/sentences.ts';
import { timelineTexts } from '../../src/report/text/timeline.ts';
import { trainingTexts } from '../../src/report/text/training.ts';
import { counted, manyUnits, units } from '../../src/report/text/units.ts';
import * as verdictTexts from '../../src/report/text/verdict.ts';
import { columnWords, roles, severities, states, words } from '../../src/report/text/words.ts';
import { fixture } from './fixture.ts';
import { representFixture } from './fixture-represent.ts';

const all = {
  angleTexts,
  courseTexts,
  mapTexts,
  armTexts,
  classTexts,
  collapseTexts,
  columnWords,
  comparisonTexts,
  confusionTexts,
  counted,
  dataTexts,
  designTexts,
  findingKinds,
  manyUnits,
  pageTexts,
  planeTexts,
  representTexts,
  roles,
  schemes,
  severities,
  states,
  timelineTexts,
  trainingTexts,
  units,
  verdictTexts,
  words,
};

function entries(value: unknown, path: string): { path: string; en: string; ja: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'ja' in value) return [{ path, en: String(value.en), ja: String(value.ja) }];
  return Object.entries(value).flatMap(([key, inner]) => entries(inner, `${path}.${key}`));
}

test('every text stands in both languages with the same places to fill', () => {
  const texts = entries(all, 'text');
  assert.ok(texts.length > 150, `${texts.length} texts`);
  for (const { path, en, ja } of texts) {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].map((place) => place.toLowerCase()).sort();
    assert.deepEqual(places(ja), places(en), path);
    assert.doesNotMatch(en, /[\u3040-\u30ff\u4e00-\u9fff]/, path);
    assert.ok(en.trim() !== '' && ja.trim() !== '', path);
    assert.doesNotMatch(ja, /[():?]/, `${path}: Japanese takes full-width punctuation`);
  }
});

test('the sentences that a pilot writes have a Japanese text', () => {
  const result = fixture();
  const written = [
    result.design.statement,
    ...result.columns.map(({ treatment }) => treatment),
    ...result.audit.slice(0, -1).flatMap(({ detail, override }) => [detail, override ?? '--keep x']),
    ...result.comparisons.flatMap(({ reason }) => reason ?? []),
  ];
  for (const sentence of written) assert.ok(sentence.startsWith('--') || translate(sentence) !== null, sentence);
  assert.equal(
    translate('not measurable: needs 2 more items of this class; seed noise not measured (one repeat)'),
    '測定不可：あと 2 件必要。シードによるばらつきは未測定（繰り返しが 1 回のため）',
  );
  assert.equal(
    translate(
      'of the 339 rows where it is "1", 330 are of any class but "none" (3.3 % of all rows are): it nearly tells the label, so it was likely written down with it',
    ),
    '値が「1」の行は 339 行、うち 330 行が「none」以外のクラス（全行では 3.3 %）。ラベルをほぼ決めるため、ラベルと同時に記録された可能性が高い列です',
  );
  for (const [pattern, japanese] of sentences) {
    const groups = new RegExp(`${pattern.source}|`).exec('')?.length ?? 1;
    for (const [, i] of japanese.matchAll(/\{(\d)\}/g)) assert.ok(Number(i) < groups, japanese);
  }
});

test('a sentence without Japanese stays English, marked as such and escaped; a flag is the same in both', () => {
  assert.deepEqual(known('odd <b>'), {
    en: { html: 'Odd &lt;b&gt;' },
    ja: { html: '<span lang="en">odd &lt;b&gt;</span>' },
  });
  const flag = known('--keep "a b"');
  assert.equal(flag.en.html, flag.ja.html);
  assert.equal(flag.en.html, '--keep &quot;a b&quot;');
});

test('names: a class in brackets, and what is unknown keeps its name', () => {
  assert.equal(metricName('recall[a[b]<c>]').en.html, 'recall of a[b]&lt;c&gt;');
  assert.equal(metricName('recall[HDF]').ja.html, 'HDF の再現率');
  assert.equal(metricName('toString').en.html, 'toString');
});

test('what a pilot of representations writes has a Japanese text', () => {
  for (const result of [representFixture(), representFixture({ labelled: false })]) {
    const written = [
      result.design.statement,
      ...result.columns.map(({ treatment }) => treatment),
      ...result.audit.flatMap(({ detail, override }) => [detail, override ?? '--keep x']),
      ...result.comparisons.flatMap(({ reason }) => reason ?? []),
      ...result.arms.flatMap(({ metrics }) => Object.values(metrics).flatMap(({ reason }) => reason ?? [])),
      ...result.arms.flatMap(({ thresholds }) => thresholds.map(({ reason }) => reason)),
    ];
    for (const sentence of written) assert.ok(sentence.startsWith('--') || translate(sentence) !== null, sentence);
  }
  assert.equal(
    translate('class "a" is absent from the training part of 1 of 18 folds and from the test part of 6 of 18 folds'),
    'クラス「a」を含まない部分があります：18 分割中 1 分割の学習部分、18 分割中 6 分割の評価部分',
  );
  assert.equal(
    translate('"I" is I in 3 records, II in 1 record: taken by its position, though it may not be the same signal'),
    '「I」の名前が一致しません（I in 3 records, II in 1 record）。位置で対応させましたが、同じ信号でない可能性があります',
  );
});

test('every metric and every method of representations has a name of its own, a unit and a direction', () => {
  for (const { name, direction, range } of representationMetrics) {
    assert.doesNotMatch(metricName(name).en.html, /[a-z]-(macro|bouldin|on|rank|share|dim|cos|rec|pre|sharp)/, name);
    assert.match(metricName(name).ja.html, /[\u3040-\u30ff\u4e00-\u9fff]|k-means|κ/, name);
    assert.equal(smallerIsBetter(name), direction === 'lower', name);
    // Percent for shares alone: those end at 0 and 1 and count windows, change points, dimensions or variance.
    const share = /^(probe|knn|change)-|share|dead/.test(name);
    assert.equal(unitOf(name).percent, share, name);
    if (share) assert.deepEqual([...range], [0, 1], name);
  }
  for (const { name } of representationMethods) assert.notEqual(methodName(name).ja.html, name, name);
  assert.equal(methodName('info-nce:temperature=0.1').en.html, 'InfoNCE (temperature 0.1)');
  assert.equal(methodName('emargin:margin=0.3:threshold=<b>').ja.html, 'eMargin（margin 0.3, threshold &lt;b&gt;）');
  assert.equal(methodName('unknown:x=1').en.html, 'unknown:x=1');
});

test('numbers as shown: rounding, thousands, true minus, no sign before zero', () => {
  assert.equal(format(0.11234, 'percent'), '11.2');
  assert.equal(format(0.11251, 'points'), '+11.3');
  assert.equal(format(-0.0171, 'points'), '−1.7');
  assert.equal(format(-0.0004, 'points'), '0.0');
  assert.equal(format(0, 'points'), '0.0');
  assert.equal(format(3362000, 'count'), '3,362,000');
  assert.equal(format(999.96, 'tenths'), '1,000.0');
  assert.equal(format(0.0014, 'error'), '0.14');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import { summary } from '../../src/cli/summary.ts';
import { matched, runsOf } from '../../src/report/charts/runs.ts';
import { reportHtml, verdictInWords } from '../../src/report/index.ts';
import { representFixture } from './fixture-represent.ts';

const pages = new Map<string, ReturnType<typeof parseHTML>['document']>();

/** The page of a fixture, read and never changed. */
function open(options: Parameters<typeof representFixture>[0] = {}) {
  const key = JSON.stringify(options);
  const known = pages.get(key) ?? parseHTML(reportHtml(representFixture(options))).document;
  pages.set(key, known);
  return known;
}

/** The chart of a section in one language at one width. */
const drawing = (document: ReturnType<typeof open>, section: string, side = 'en.wide') =>
  document.querySelector(`#${section} figure .${side}`)!;

const texts = (element: { querySelectorAll(selector: string): Iterable<{ textContent: string | null }> }) =>
  [...element.querySelectorAll('text')].map(({ textContent }) => textContent);

test('sections of a representation, and none of those that are of classifiers alone', () => {
  const ids = [...open().querySelectorAll('main > section')].map(({ id }) => id);
  assert.deepEqual(ids, [
    'verdict',
    'plane',
    'classes',
    'timeline',
    'methods',
    'training',
    'comparisons',
    'confusion',
    'data',
    'design',
  ]);
});

test('the plane has one dot a trial and one large mark a method, and names its four fields', () => {
  const result = representFixture();
  const document = open();
  const clustered = result.arms.filter(({ metrics }) => metrics.silhouette.value !== null);
  assert.equal(clustered.length, result.arms.length - 1);
  for (const side of ['en.wide', 'en.narrow', 'ja.wide', 'ja.narrow']) {
    const chart = drawing(document, 'plane', side);
    // Open circles for A; squares and crosses are paths.
    assert.equal(chart.querySelectorAll('circle').length, 18 + 1, side);
    const marks = [...chart.querySelectorAll('g')].flatMap((group) =>
      [...group.children].filter((one) => one.tagName.toLowerCase() === 'path' && one.hasAttribute('transform')),
    );
    assert.equal(marks.length, (clustered.length - 1) * (18 + 1), side);
  }
  const fields = ['better on both', 'pretty but useless', 'useful but not pretty', 'worse on both'];
  for (const name of fields) assert.ok(texts(drawing(document, 'plane')).includes(name), name);
  for (const name of ['両方で良い', '見かけ倒し', '地味だが有用', '両方で悪い'])
    assert.ok(texts(drawing(document, 'plane', 'ja.wide')).includes(name), name);
  const row = (method: string) =>
    [...document.querySelectorAll('#table-plane')][0].closest('table')!.querySelectorAll('tbody tr')[
      result.arms.findIndex((arm) => arm.method === method)
    ].textContent!;
  assert.match(row('emargin-official-double'), /pretty but useless/);
  // In use it is equivalent to A: no field can be named.
  assert.match(row('emargin'), /not certain/);
  assert.match(row('raw'), /worse on both/);
  assert.match(row('minirocket'), /not on the plane/);
});

test('the marks of the plane stand where the numbers are; Davies-Bouldin is turned, so that better is right', () => {
  for (const across of ['silhouette', 'davies-bouldin'] as const) {
    const result = representFixture({ across });
    const chart = drawing(open({ across }), 'plane');
    const circles = [...chart.querySelectorAll('circle')].map((circle) => Number(circle.getAttribute('cx')));
    const values = [
      ...result.arms[0].trials.map(({ metrics }) => metrics[across]!),
      result.arms[0].metrics[across].value!,
    ];
    assert.equal(circles.length, values.length);
    // One straight line through all of them, falling where smaller is better.
    const order = values.map((_, i) => i).sort((one, other) => values[one] - values[other]);
    const [first, last] = [order[0], order.at(-1)!];
    const slope = (circles[last] - circles[first]) / (values[last] - values[first]);
    assert.equal(Math.sign(slope), across === 'silhouette' ? 1 : -1);
    for (const i of order)
      assert.ok(Math.abs(circles[first] + slope * (values[i] - values[first]) - circles[i]) < 0.05, `${across} ${i}`);
    const said = texts(chart).some((text) => /smaller is better/.test(text ?? ''));
    assert.equal(said, across === 'davies-bouldin');
  }
});

test('the alarm names its methods, trials and numbers beside those of A, and how far to trust it', () => {
  const alarm = open().querySelector('#alarm')!;
  assert.match(alarm.textContent!, /Alarm: pretty but useless/);
  const rows = [...alarm.querySelectorAll('tbody tr')].map(({ textContent }) => textContent!);
  assert.equal(rows.length, 2);
  assert.match(rows[0], /InfoNCE.*0\.380.*1\.030.*0\.610/s);
  assert.match(rows[1], /eMargin as published.*17 of 18 trials.*yes.*0\.850.*0\.500.*0\.340/s);
  assert.match(alarm.textContent!, /0\.46 on average: 0\.52 on har-chest, 0\.73 on har-phone, 0\.12 on sleep/);
  assert.match(alarm.textContent!, /79 %.*54 %/s);
  assert.match(alarm.textContent!, /平均 0\.46/);
  assert.equal(open().querySelector('.alarm-line'), null, 'B did not raise it');
  assert.match(
    open({ candidate: 'emargin-official-double' }).querySelector('#verdict .alarm-line')!.textContent!,
    /raised for B in 17 of 18 trials/,
  );
  const quiet = representFixture();
  for (const arm of quiet.arms) if (arm.alarm) arm.alarm.raised = 0;
  const box = parseHTML(reportHtml(quiet)).document.querySelector('#alarm')!;
  assert.match(box.textContent!, /raised for no method/);
  assert.equal(box.querySelector('table'), null);
});

test('where a smaller number is better the words say so, and a fall is not called a loss', () => {
  const result = representFixture({ across: 'davies-bouldin' });
  const words = verdictInWords(result, 'en');
  assert.match(
    words.headline,
    /^Adopt eMargin: Davies-Bouldin \(k-means\) changes by −0\.070 .*; smaller is better\)\.$/,
  );
  assert.match(
    words.reasons[1],
    /eMargin is better than InfoNCE, −0\.070 .* smaller is better, and the whole interval lies below 0/,
  );
  assert.match(verdictInWords(result, 'ja').reasons[1], /小さいほど良い指標で、区間全体が 0 を下回ります/);
  const higher = verdictInWords(representFixture(), 'en').headline;
  assert.match(higher, /silhouette \(k-means\) rises by 0\.050 \(95 % interval 0\.017 to 0\.082\)/);
  const cards = [...open({ across: 'davies-bouldin' }).querySelectorAll('#verdict .card')].map(
    (card) => card.textContent!,
  );
  assert.match(cards[0], /Criterion of use: macro F1 of the linear probe.*counts from .*1\.0 points/s);
  assert.match(cards[1], /Criterion of clusters: Davies-Bouldin.*from 1\.030 to 0\.960.*smaller is better.*better/s);
  assert.doesNotMatch(cards[1], /points/);
});

test('a guard of which smaller is better is kept where it rises by no more than was allowed', () => {
  const told = (interval: [number, number], broken = false) => {
    const result = representFixture({ across: 'davies-bouldin' });
    const comparison = result.comparisons.find(({ metric }) => metric === 'davies-bouldin')!;
    const numbers = { difference: (interval[0] + interval[1]) / 2, interval, margin: 0.1 };
    Object.assign(comparison, { ...numbers, role: 'guard', broken });
    Object.assign(result.verdict.reasons[1], { ...numbers, rule: broken ? 'guard-broken' : 'guard-kept' });
    result.design.guards = [{ metric: 'davies-bouldin', tolerance: 0.1 }];
    result.design.criteria.splice(1);
    const card = [...parseHTML(reportHtml(result)).document.querySelectorAll('#verdict .card')].at(-1)!;
    const reasons = verdictInWords(result, 'en').reasons.filter((reason) => reason.startsWith('Davies'));
    return `${card.textContent} ${reasons.join()}`;
  };
  assert.match(told([-0.9, 0.05]), /kept.* · .*Davies-Bouldin \(k-means\) is kept/s);
  assert.match(
    told([-0.2, 0.15]),
    /not broken, not certain.* · .*not shown to rise too far.*a rise of 0\.100 was allowed/s,
  );
  assert.match(told([0.12, 0.3], true), /broken.* · .*rises too far/s);
});

test('without labels: no more than inconclusive, said in words; clusters up against kappa-time', () => {
  const result = representFixture({ labelled: false });
  const { headline, reasons, next } = verdictInWords(result, 'en');
  assert.match(headline, /^Not decided yet\. Label some recordings/);
  assert.match(reasons[0], /use could not be measured and the verdict cannot be more than inconclusive/);
  assert.match(verdictInWords(result, 'ja').reasons[0], /有用性を測定できず/);
  assert.match(next[0], /Label some recordings/);
  const document = open({ labelled: false });
  for (const id of ['classes', 'confusion']) assert.equal(document.querySelector(`#${id}`), null, id);
  const chart = drawing(document, 'plane');
  const shown = texts(chart);
  assert.ok(shown.includes('kappa-time →') && shown.includes('↑ silhouette (k-means)'), shown.join());
  assert.equal(chart.querySelectorAll('circle').length, 18 + 1);
  assert.match(document.querySelector('#plane > p')!.textContent!, /Use could not be measured/);
  const card = document.querySelector('#verdict .card')!.textContent!;
  assert.match(card, /not measured.*No labels to measure it with/s);
  assert.match(document.querySelector('#timeline figcaption')!.textContent!, /k-means clusters under A and under B/);
  assert.doesNotMatch(document.querySelector('#timeline figcaption')!.textContent!, /changes of the label/);
});

test('the timeline: a band a channel, a line a change of the label, the classes in its legend', () => {
  const result = representFixture();
  const { labels } = result.arms[0].timeline!;
  const figure = open().querySelector('#timeline figure')!;
  const chart = figure.querySelector('.en.wide')!;
  const lines = [...chart.querySelectorAll('line')].filter(
    (line) => line.getAttribute('x1') === line.getAttribute('x2'),
  );
  const changes = labels.filter((label, i) => i > 0 && label !== labels[i - 1]).length;
  assert.equal(new Set(lines.map((line) => line.getAttribute('x1'))).size, changes);
  for (const name of [
    'x_acceleration',
    'y_acceleration',
    'z_acceleration',
    'Label',
    'Clusters A',
    'Clusters B',
    'Movement',
  ])
    assert.ok(texts(chart).includes(name), name);
  const legend = figure.querySelector('.legend')!.textContent!;
  for (const name of ['sitting', 'walking', 'standing', 'stairs (ascending)', 'no label', 'InfoNCE', 'eMargin'])
    assert.ok(legend.includes(name), name);
  assert.ok(!legend.includes('cycling'), 'a class that is not in the stretch');
  const none = representFixture();
  delete none.arms[1].timeline;
  assert.equal(parseHTML(reportHtml(none)).document.querySelector('#timeline'), null);
});

test('stretches of equal values; clusters take the number of the class that they share most windows with', () => {
  assert.deepEqual(runsOf([2, 2, -1, 2]), [
    { value: 2, from: 0, to: 2 },
    { value: -1, from: 2, to: 3 },
    { value: 2, from: 3, to: 4 },
  ]);
  // Cluster 1 shares three windows with class 0, cluster 0 two with class 2; cluster 5 stands where no label is.
  assert.deepEqual(matched([1, 1, 1, 0, 0, 5, 0], [0, 0, 0, 2, 2, -1, 0]), [0, 0, 0, 2, 2, 1, 2]);
  assert.deepEqual(matched([4, 4, 7], [-1, -1, -1]), [0, 0, 1]);
});

test('collapse while training: each trained method with its first and last look', () => {
  const result = representFixture();
  const rows = [...open().querySelectorAll('#training tbody tr')].map(({ textContent }) => textContent!);
  assert.equal(rows.length, result.arms.filter(({ looks }) => looks.length > 0).length);
  assert.match(rows.find((row) => row.includes('double'))!, /21\.0.*98\.5/s);
});

test('ids are unique, links lead somewhere, headings never skip a level; names from the data never become tags', () => {
  const classes = ['<script>alert(1)</script>', `"q" & 'x'`, '</style>', '{name}', '日本語の長い長い長い長いクラス名'];
  for (const options of [
    { classes, file: '<img src=x>' },
    { labelled: false },
    { across: 'davies-bouldin' as const },
  ]) {
    const page = reportHtml(representFixture(options));
    const { document } = parseHTML(page);
    assert.equal(document.querySelectorAll('script,img,b,[style]').length, 0);
    assert.equal((page.match(/<\/style>/g) ?? []).length, 1);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const link of document.querySelectorAll('a[href^="#"]'))
      assert.ok(ids.includes(link.getAttribute('href').slice(1)), link.outerHTML);
    const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map((heading) => Number(heading.tagName[1]));
    levels.forEach((level, i) => {
      assert.ok(level <= (levels[i - 1] ?? 0) + 1, `heading ${i} of level ${level}`);
    });
    for (const cell of document.querySelectorAll('th')) assert.ok(cell.getAttribute('scope'), cell.outerHTML);
  }
});

test('the terminal tells the same: verdict, probe, both criteria, alarms', () => {
  const text = summary(representFixture({ across: 'davies-bouldin' }));
  assert.match(text, /VERDICT: Adopt eMargin/);
  assert.match(text, /Recall of each class by the linear probe.*\(A: info-nce, B: emargin\)/);
  assert.match(text, /B emargin +31\.2 \(26\.2 to 36\.2\) +\+0\.4 .* 0\.960 \(0\.880 to 1\.040\) +-0\.070 .* better/);
  assert.match(text, /davies-bouldin: smaller is better/);
  assert.match(text, /ALARM, pretty but useless: emargin-official-double, in 17 of 18 trials/);
  const bare = summary(representFixture({ labelled: false }));
  assert.match(bare, /No labels: use could not be measured/);
  assert.doesNotMatch(bare, /Recall of each class/);
});

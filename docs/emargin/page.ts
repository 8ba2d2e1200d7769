import { prettyButUseless } from '../../src/metrics/health/index.ts';
import type { Representation, RepresentationArm } from '../../src/pilot/result.ts';
import { nadeauBengio } from '../../src/pilot/statistics/nadeau-bengio.ts';

/** Results by encoder and data set. */
export type Results = Readonly<Record<string, Readonly<Record<string, Representation>>>>;

const BASELINE = 'info-nce';
const OFFICIAL = ['emargin-official-double', 'emargin-official-single', 'emargin-official-double:threshold=live'];
const TEMPERATURES = ['info-nce:temperature=0.1', 'info-nce', 'info-nce:temperature=1'];
const NOT_LEARNT = new Set(['raw', 'minirocket', 'supervised', 'untrained']);
/** Probe macro F1 that counts as clearly lost. */
const LOST = 0.02;

const METRICS = [
  ['probe-macro-f1', 'probe F1', 3],
  ['probe-macro-recall', 'probe recall', 3],
  ['knn-macro-f1', '5-NN F1', 3],
  ['silhouette', 'silhouette', 2],
  ['davies-bouldin', 'Davies-Bouldin', 2],
  ['adjusted-rand', 'adj. Rand', 2],
  ['silhouette-on-classes', 'silhouette on classes', 2],
  ['effective-rank', 'effective rank', 1],
  ['largest-share', 'largest share', 2],
  ['kappa-time', 'kappa-time', 2],
  ['bridge', 'bridge', 2],
] as const;

/** docs/emargin.md from the results. */
export function page(results: Results, confirmed: Results[string]): string {
  const all = Object.entries(results).flatMap(([encoder, own]) =>
    Object.entries(own).map(([set, result]) => ({ encoder, set, result })),
  );
  const pointwise = Object.entries(results.pointwise ?? {});
  return `${[
    ...introduction(all.map(({ result }) => result)),
    '## The paradox',
    '',
    ...paradox(pointwise),
    '## Why: collapse onto one direction',
    '',
    ...collapse(pointwise),
    '## What the repaired forms gain',
    '',
    ...gains(all),
    '## Does any form beat a tuned info-nce on both criteria?',
    '',
    ...both(all),
    ...confirmation(Object.entries(confirmed)),
    '## The alarm and the bridge number',
    '',
    ...alarm(all),
    '## All numbers',
    '',
    ...all.flatMap(({ encoder, set, result }) => wholeTable(encoder, set, result)),
  ].join('\n')}\n`;
}

function introduction(results: readonly Representation[]): string[] {
  const [first] = results;
  if (!first) return ['# eMargin, judged twice', '', 'No results yet: run the command.', ''];
  const { repeats, folds } = first.design;
  return [
    '# eMargin, judged twice',
    '',
    `Made by \`npm run study -- --data FOLDER\` (evenhand ${first.software.evenhand}, onnxruntime ${first.software.onnxruntime}); every figure on this page is computed from the trials of that command. ${repeats} seeds x ${folds} folds of whole people; ${first.design.steps} steps of ${first.design.batch} windows each; AdamW, learning rate 0.001. Intervals are 95 %: of a single arm's use by people, windows and seeds, of everything that exists once a trial (silhouette and so on) and of every difference by Nadeau and Bengio over the ${repeats * folds} trials, with the number of people as its degrees of freedom. Values of use pool the answers of all trials, differences are means over trials, so the two can differ in the last digit.`,
    '',
    'FOLDER has `har-chest` (UCI 287, CC BY 4.0), `har-phone` (Matey-Sanz et al. 2023, CC BY 4.0) and `sleep-edf-features` (spectral features of PhysioNet sleep-edfx, ODC-By), each with one CSV a recording; of the latter the first night of each person. The encoder is a pointwise projector of 128-64-320 channels, or `context`: the same with kernel-3 convolutions, so that a window sees three neighbours on both sides. Probe: logistic regression on standardised embeddings, strength chosen on held-back training people.',
    '',
    ...results.map(({ data, design: { settings = {} } }) => {
      const { kind } = settings.encoder as { kind: string };
      return `- ${setName(data.file)}: ${data.series?.recordings} recordings of ${data.series?.groups} people, ${data.rows} windows (${data.labelled} labelled), ${data.classes.length} classes, ${String(settings.features)} features, scaling ${String(settings.scaling)}, encoder ${kind}.`;
    }),
    '',
  ];
}

const setName = (file: string) => file.split(/[\\/]/).at(-2) ?? file;

/** Official forms against the baseline. */
function paradox(all: readonly (readonly [string, Representation])[]): string[] {
  const rows = all.flatMap(([set, result]) =>
    OFFICIAL.flatMap((method) => {
      const arm = find(result, method);
      const base = find(result, BASELINE);
      if (!arm || !base) return [];
      return [
        [
          set,
          `\`${method}\``,
          ...(['davies-bouldin', 'silhouette', 'probe-macro-f1', 'effective-rank'] as const).map(
            (metric) =>
              `${mean(base, metric, 2)} -> ${mean(arm, metric, 2)} (${difference(result, arm, base, metric)})`,
          ),
        ],
      ];
    }),
  );
  const seen = all.filter(([, result]) => {
    const d = (metric: string) => paired(result, find(result, OFFICIAL[0]), find(result, BASELINE), metric)?.interval;
    const [db, silhouette, probe] = [d('davies-bouldin'), d('silhouette'), d('probe-macro-f1')];
    return db && silhouette && probe && db[1] < 0 && silhouette[0] > 0 && probe[1] < 0;
  });
  return [
    `Published forms (as in the authors' code, only guarded against the logarithm of a negative number) against info-nce at temperature 0.5: value of info-nce -> value of the form (difference with interval). Lower Davies-Bouldin and higher silhouette are prettier clusters.`,
    '',
    ...table(['set', 'form', 'Davies-Bouldin', 'silhouette', 'probe macro F1', 'effective rank'], rows),
    '',
    `Prettier on both clustering numbers and worse at the probe, each with an interval that leaves 0 out: \`${OFFICIAL[0]}\` on ${seen.length} of ${all.length} sets (${seen.map(([set]) => set).join(', ') || 'none'}).`,
    '',
  ];
}

/** The largest eigenvalue's share while training. */
function collapse(all: readonly (readonly [string, Representation])[]): string[] {
  const methods = [BASELINE, 'emargin', 'emargin:threshold=q10', ...OFFICIAL];
  return [
    "Share of the embedding's variance that lies along its largest direction, on training windows while the encoder is trained (mean over trials): near 1, everything lies on one line. Clusters on a line are compact and far apart, so the clustering numbers shine; but what distinguishes the classes is gone or squeezed into directions a thousand times thinner. Batch norm hides it: each of the 320 columns still has variance 1.",
    '',
    ...all.flatMap(([set, result]) => {
      const arms = methods.flatMap((method) => find(result, method) ?? []);
      const steps = arms[0]?.looks.map(({ step }) => step) ?? [];
      return [
        ...table(
          [set, ...steps.map((step) => `step ${step}`)],
          arms.map((arm) => [`\`${arm.method}\``, ...arm.looks.map(({ largestShare }) => fixed(largestShare, 2))]),
        ),
        '',
      ];
    }),
  ];
}

/** Differences to info-nce 0.5 of the repaired forms. */
function gains(all: readonly { encoder: string; set: string; result: Representation }[]): string[] {
  const methods = [
    'emargin',
    'emargin:threshold=q10',
    'emargin:margin=0.2:threshold=q10',
    'emargin-smooth',
    'fixed-margin',
  ];
  const rows = all.flatMap(({ encoder, set, result }) =>
    methods.flatMap((method) => {
      const [arm, base] = [find(result, method), find(result, BASELINE)];
      if (!arm || !base) return [];
      return [
        [
          set,
          encoder,
          `\`${method}\``,
          ...(['probe-macro-f1', 'silhouette', 'davies-bouldin', 'kappa-time'] as const).map((m) =>
            difference(result, arm, base, m),
          ),
        ],
      ];
    }),
  );
  const thresholds = all.map(({ set, encoder, result }) => {
    const arm = find(result, 'emargin');
    return `- ${set}, ${encoder}: ${arm?.thresholds.map(({ rule, trials, reason }) => `${rule} in ${trials} trials (first: ${reason})`).join('; ') ?? '-'}`;
  });
  return [
    'Difference to info-nce at temperature 0.5 on the same folds and seeds (interval). `fixed-margin` is `emargin` without its transitions: what the adaptive part alone adds is the difference between the two.',
    '',
    ...table(['set', 'encoder', 'form', 'probe macro F1', 'silhouette', 'Davies-Bouldin', 'kappa-time'], rows),
    '',
    'How `emargin` settled its threshold by itself (`auto`: on where the least similar neighbours are label changes at least twice as often as neighbours in general):',
    '',
    ...thresholds,
    '',
  ];
}

/** Every learnt method against the best temperature of info-nce on that set. */
function both(all: readonly { encoder: string; set: string; result: Representation }[]): string[] {
  const rows = all.flatMap(({ encoder, set, result }) => {
    const base = tuned(result);
    const learnt = result.arms.filter(({ method }) => !NOT_LEARNT.has(method) && !method.startsWith('info-nce'));
    const better = (arm: RepresentationArm, metric: string) => {
      const found = paired(result, arm, base, metric);
      return { mean: (found?.value ?? 0) > 0, shown: (found?.interval[0] ?? 0) > 0 };
    };
    const inMean = learnt.filter((arm) => better(arm, 'probe-macro-f1').mean && better(arm, 'silhouette').mean);
    const shown = learnt.filter((arm) => better(arm, 'probe-macro-f1').shown && better(arm, 'silhouette').shown);
    const best = learnt.toSorted((a, b) => (value(b, 'probe-macro-f1') ?? 0) - (value(a, 'probe-macro-f1') ?? 0))[0];
    return [
      [
        set,
        encoder,
        `\`${base.method}\` ${mean(base, 'probe-macro-f1', 3)}`,
        best
          ? `\`${best.method}\` ${mean(best, 'probe-macro-f1', 3)} (${difference(result, best, base, 'probe-macro-f1')})`
          : '-',
        inMean.map(({ method }) => `\`${method}\``).join(', ') || 'none',
        shown.map(({ method }) => `\`${method}\``).join(', ') || 'none',
      ],
    ];
  });
  return [
    'Tuned info-nce: the best of temperatures 0.1, 0.5 and 1 by the probe on that very set, a favour to the baseline. Beaten on both criteria: probe macro F1 and silhouette above it, in the mean over the trials, and with intervals above 0.',
    '',
    ...table(
      [
        'set',
        'encoder',
        'tuned info-nce',
        'best rival by the probe',
        'above on both, in the mean',
        'above on both, shown',
      ],
      rows,
    ),
    '',
  ];
}

/** The best temperature of info-nce by the probe. */
export function tuned(result: Representation): RepresentationArm {
  const arms = TEMPERATURES.flatMap((method) => find(result, method) ?? []);
  const [best] = arms.toSorted((a, b) => (value(b, 'probe-macro-f1') ?? 0) - (value(a, 'probe-macro-f1') ?? 0));
  if (!best) throw new Error('no info-nce in the result');
  return best;
}

/** The form chosen on one set, on new folds and seeds of all. */
function confirmation(all: readonly (readonly [string, Representation])[]): string[] {
  if (all.length === 0) return [];
  const rows = all.flatMap(([set, result]) => {
    const [base, ...others] = result.arms;
    return others.map((arm) => [
      set,
      `\`${base.method}\``,
      `\`${arm.method}\``,
      ...(['probe-macro-f1', 'silhouette', 'davies-bouldin', 'kappa-time'] as const).map(
        (metric) => `${mean(base, metric, 3)} -> ${mean(arm, metric, 3)} (${difference(result, arm, base, metric)})`,
      ),
      arm.role === 'candidate' ? result.verdict.outcome : '',
    ]);
  });
  const [[, { design, verdict }]] = all;
  return [
    `Six seeds: \`${verdict.candidate}\` was chosen on har-phone above (in the mean over every info-nce on both criteria, and best at the probe) and is tried here on new folds and seeds of all sets, against the best temperature of each set (${design.repeats} seeds x ${design.folds} folds); \`emargin:threshold=q10\` beside it. Verdict: what \`evenhand pilot\` says, with margins of 0.01 in probe macro F1 and 0.02 in silhouette.`,
    '',
    ...table(
      ['set', 'tuned info-nce', 'form', 'probe macro F1', 'silhouette', 'Davies-Bouldin', 'kappa-time', 'verdict'],
      rows,
    ),
    '',
  ];
}

function alarm(all: readonly { encoder: string; set: string; result: Representation }[]): string[] {
  let [raised, right, useless] = [0, 0, 0];
  let [official, caught] = [0, 0];
  const correlations: string[][] = [];
  for (const { encoder, set, result } of all) {
    const base = find(result, BASELINE);
    if (!base) continue;
    const learnt = result.arms.filter(({ method }) => !NOT_LEARNT.has(method));
    for (const arm of learnt) {
      if (arm === base) continue;
      arm.trials.forEach(({ metrics }, i) => {
        const theirs = base.trials[i].metrics;
        const numbers = (m: typeof metrics) => ({
          silhouette: m.silhouette,
          daviesBouldin: m['davies-bouldin'],
          kappaTime: m['kappa-time'],
        });
        const alarmed = prettyButUseless(numbers(metrics), numbers(theirs)).raised === true;
        const lost = (metrics['probe-macro-f1'] ?? 0) < (theirs['probe-macro-f1'] ?? 0) - LOST;
        const pretty =
          (metrics.silhouette ?? 0) > (theirs.silhouette ?? 0) &&
          (metrics['davies-bouldin'] ?? 0) < (theirs['davies-bouldin'] ?? 0);
        if (alarmed) raised++;
        if (alarmed && lost) right++;
        if (pretty && lost) useless++;
        if (OFFICIAL.includes(arm.method)) {
          official++;
          if (alarmed) caught++;
        }
      });
    }
    const each = base.trials.map((_, i) => {
      const of = (metric: string) => learnt.map((arm) => arm.trials[i].metrics[metric] ?? Number.NaN);
      const use = of('probe-macro-f1');
      return ['bridge', 'silhouette', 'davies-bouldin', 'effective-rank'].map((metric) => spearman(of(metric), use));
    });
    correlations.push([
      set,
      encoder,
      String(learnt.length),
      ...each[0].map((_, k) => fixed(average(each.map((row) => row[k])), 2)),
    ]);
  }
  const share = (a: number, b: number) => (b === 0 ? 'none to tell' : `${a} of ${b} (${((100 * a) / b).toFixed(0)} %)`);
  return [
    `Alarm "pretty but useless": silhouette above and Davies-Bouldin below those of info-nce 0.5, yet kappa-time more than 0.1 below, in the same trial; no label is used. Truth: probe macro F1 more than ${LOST} below info-nce's in that trial.`,
    '',
    `- precision: of the alarms raised, ${share(right, raised)} were right;`,
    `- recall: of the trials that were prettier and had lost use, ${share(right, useless)} raised it;`,
    `- of the trials of the published forms, ${share(caught, official)} raised it.`,
    '',
    'Rank correlation (Spearman) with probe macro F1 over the learnt methods within one trial, mean over trials: a screen, not a ranking.',
    '',
    ...table(['set', 'encoder', 'methods', 'bridge', 'silhouette', 'Davies-Bouldin', 'effective rank'], correlations),
    '',
  ];
}

function wholeTable(encoder: string, set: string, { arms }: Representation): string[] {
  return [
    `### ${set}, ${encoder}`,
    '',
    ...table(
      ['method', ...METRICS.map(([, name]) => name), 'seconds a training'],
      arms.map((arm) => [
        `\`${arm.method}\``,
        ...METRICS.map(([metric, , digits]) => estimate(arm, metric, digits)),
        arm.cost.trainSeconds.toFixed(1),
      ]),
    ),
    '',
  ];
}

function estimate({ metrics }: RepresentationArm, metric: string, digits: number): string {
  const own = metrics[metric];
  if (!own || own.value === null) return '-';
  const [l, u] = own.interval ?? [null, null];
  return `${fixed(own.value, digits)} (${fixed(l, digits)} to ${fixed(u, digits)})`;
}

function find({ arms }: Representation, method: string): RepresentationArm | undefined {
  return arms.find((arm) => arm.method === method);
}

const value = (arm: RepresentationArm, metric: string) => arm.metrics[metric]?.value ?? null;
const mean = (arm: RepresentationArm, metric: string, digits: number) => fixed(value(arm, metric), digits);

/** Mean difference over trials with Nadeau and Bengio's interval. */
function paired(
  { data, design }: Representation,
  arm: RepresentationArm | undefined,
  base: RepresentationArm | undefined,
  metric: string,
) {
  if (!arm || !base) return undefined;
  const differences = arm.trials.flatMap(({ metrics }, i) => {
    const [own, theirs] = [metrics[metric], base.trials[i].metrics[metric]];
    return own == null || theirs == null ? [] : [own - theirs];
  });
  if (differences.length < 2) return undefined;
  return nadeauBengio(differences, design.folds, 0.95, data.series?.groups);
}

function difference(result: Representation, arm: RepresentationArm, base: RepresentationArm, metric: string): string {
  const found = paired(result, arm, base, metric);
  if (!found) return '-';
  const sign = (x: number) => (x > 0 ? '+' : '') + x.toFixed(metric === 'effective-rank' ? 1 : 3);
  return `${sign(found.value)} (${sign(found.interval[0])} to ${sign(found.interval[1])})`;
}

function spearman(a: readonly number[], b: readonly number[]): number {
  const keep = a.map((_, i) => i).filter((i) => Number.isFinite(a[i]) && Number.isFinite(b[i]));
  const ranks = (values: readonly number[]) =>
    values.map((x) => {
      const [below, equal] = [values.filter((v) => v < x).length, values.filter((v) => v === x).length];
      return below + (equal - 1) / 2;
    });
  const [x, y] = [ranks(keep.map((i) => a[i])), ranks(keep.map((i) => b[i]))];
  const [mx, my] = [average(x), average(y)];
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0);
  return sum((i) => (x[i] - mx) * (y[i] - my)) / Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2));
}

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const fixed = (x: number | null, digits: number) => (x === null || Number.isNaN(x) ? '-' : x.toFixed(digits));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

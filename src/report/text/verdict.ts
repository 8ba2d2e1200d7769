/** The verdict in words. `gain` is a difference in points with its interval: see `gain` below. */
export const headlines = {
  adopt: {
    en: 'Adopt {candidate}: {metric} rises by {difference} (95 % interval {low} to {high}).',
    ja: '{candidate} を採用：{metric}が {difference}向上（95 % 信頼区間 {low}〜{high}）。',
  },
  'simpler-is-enough': {
    en: 'A simpler method is enough: {simpler} raises {metric} by {difference} (95 % interval {low} to {high}).',
    ja: 'より単純な手法で十分：{simpler}で{metric}が {difference}向上（95 % 信頼区間 {low}〜{high}）。',
  },
  equivalent: {
    en: 'No difference that matters: {candidate} changes {metric} by {difference} (95 % interval {low} to {high}).',
    ja: '意味のある差なし：{candidate} による{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}）。',
  },
  reject: {
    en: 'Do not adopt {candidate}: {metric} changes by {difference} (95 % interval {low} to {high}).',
    ja: '{candidate} は不採用：{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}）。',
  },
  inconclusive: {
    en: 'Not decided yet: {metric} changes by {difference} (95 % interval {low} to {high}). {next}',
    ja: 'まだ判断できません：{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}）。{next}',
  },
} as const;

/** The same for a metric of which a smaller number is better. */
export const lowerHeadlines = {
  adopt: {
    en: 'Adopt {candidate}: {metric} changes by {difference} (95 % interval {low} to {high}; smaller is better).',
    ja: '{candidate} を採用：{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}、小さいほど良い）。',
  },
  'simpler-is-enough': {
    en: 'A simpler method is enough: {simpler} changes {metric} by {difference} (95 % interval {low} to {high}; smaller is better).',
    ja: 'より単純な手法で十分：{simpler}による{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}、小さいほど良い）。',
  },
  equivalent: {
    en: 'No difference that matters: {candidate} changes {metric} by {difference} (95 % interval {low} to {high}; smaller is better).',
    ja: '意味のある差なし：{candidate} による{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}、小さいほど良い）。',
  },
  reject: {
    en: 'Do not adopt {candidate}: {metric} changes by {difference} (95 % interval {low} to {high}; smaller is better).',
    ja: '{candidate} は不採用：{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}、小さいほど良い）。',
  },
  inconclusive: {
    en: 'Not decided yet: {metric} changes by {difference} (95 % interval {low} to {high}; smaller is better). {next}',
    ja: 'まだ判断できません：{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}、小さいほど良い）。{next}',
  },
} as const;

/** The same without numbers, where the comparison behind the verdict has none. */
export const bareHeadlines = {
  adopt: { en: 'Adopt {candidate}.', ja: '{candidate} を採用。' },
  'simpler-is-enough': { en: 'A simpler method is enough: {simpler}.', ja: 'より単純な手法で十分：{simpler}。' },
  equivalent: {
    en: 'No difference that matters between {candidate} and {baseline}.',
    ja: '{candidate} と{baseline}に意味のある差はありません。',
  },
  reject: { en: 'Do not adopt {candidate}.', ja: '{candidate} は不採用。' },
  inconclusive: { en: 'Not decided yet. {next}', ja: 'まだ判断できません。{next}' },
} as const;

/** Outcome as a label, with a sign of its own. */
export const outcomes = {
  adopt: { sign: '✓', word: { en: 'Adopt', ja: '採用' } },
  'simpler-is-enough': { sign: '→', word: { en: 'Simpler is enough', ja: '単純な手法で十分' } },
  equivalent: { sign: '=', word: { en: 'Equivalent', ja: '同等' } },
  reject: { sign: '✕', word: { en: 'Reject', ja: '不採用' } },
  inconclusive: { sign: '?', word: { en: 'Inconclusive', ja: '未確定' } },
} as const;

/** One sentence for a reason, by the state of its comparison. */
export const reasonsByState = {
  better: {
    en: '{Metric}: {method} is better than {against}, {difference} ({low} to {high}); the whole interval lies above 0.',
    ja: '{Metric}：{method}は{against}より良い。差は {difference}（{low}〜{high}）で、区間全体が 0 を上回ります。',
  },
  worse: {
    en: '{Metric}: {method} is worse than {against}, {difference} ({low} to {high}); the whole interval lies below 0.',
    ja: '{Metric}：{method}は{against}より悪い。差は {difference}（{low}〜{high}）で、区間全体が 0 を下回ります。',
  },
  equivalent: {
    en: '{Metric}: {method} and {against} are equivalent, {difference} ({low} to {high}); the whole interval lies within ±{margin}.',
    ja: '{Metric}：{method}と{against}は同等。差は {difference}（{low}〜{high}）で、区間全体が ±{margin}に収まります。',
  },
  undecided: {
    en: '{Metric}: {method} against {against} is undecided, {difference} ({low} to {high}).',
    ja: '{Metric}：{method}と{against}の優劣は未確定。差は {difference}（{low}〜{high}）です。',
  },
} as const;

/** The same for a metric of which a smaller number is better. */
export const lowerReasons = {
  better: {
    en: '{Metric}: {method} is better than {against}, {difference} ({low} to {high}); smaller is better, and the whole interval lies below 0.',
    ja: '{Metric}：{method}は{against}より良い。差は {difference}（{low}〜{high}）。小さいほど良い指標で、区間全体が 0 を下回ります。',
  },
  worse: {
    en: '{Metric}: {method} is worse than {against}, {difference} ({low} to {high}); smaller is better, and the whole interval lies above 0.',
    ja: '{Metric}：{method}は{against}より悪い。差は {difference}（{low}〜{high}）。小さいほど良い指標で、区間全体が 0 を上回ります。',
  },
  equivalent: reasonsByState.equivalent,
  undecided: {
    en: '{Metric}: {method} against {against} is undecided, {difference} ({low} to {high}); smaller is better.',
    ja: '{Metric}：{method}と{against}の優劣は未確定。差は {difference}（{low}〜{high}）です（小さいほど良い指標）。',
  },
} as const;

/** One sentence for a reason, by its rule, where the state alone would not say it. */
export const reasonsByRule = {
  'guard-kept': {
    en: '{Metric} is kept: {method} changes it by {difference} ({low} to {high}); a loss of {margin} was allowed.',
    ja: '{Metric}は許容範囲内：{method}による変化は {difference}（{low}〜{high}）、許容する低下は {margin}まで。',
  },
  'guard-open': {
    en: '{Metric} is not shown to fall too far, but it may: {method} changes it by {difference} ({low} to {high}); a loss of {margin} was allowed.',
    ja: '{Metric}は下がりすぎとは示されないが、その可能性あり：{method}による変化は {difference}（{low}〜{high}）、許容する低下は {margin}まで。',
  },
  'guard-broken': {
    en: '{Metric} falls too far: {method} changes it by {difference} ({low} to {high}); a loss of {margin} was allowed.',
    ja: '{Metric}が下がりすぎ：{method}による変化は {difference}（{low}〜{high}）、許容する低下は {margin}まで。',
  },
  simpler: {
    en: '{method} is not shown to be better than {against}: {metric} differs by {difference} ({low} to {high}).',
    ja: '{method}が{against}より良いとは示されていません：{metric}の差は {difference}（{low}〜{high}）。',
  },
  missing: {
    en: '{Metric}: no difference between {method} and {against} can be given.',
    ja: '{Metric}：{method}と{against}の差を求められません。',
  },
  'no-use': {
    en: '{Metric}: there are no labels, so use could not be measured and the verdict cannot be more than inconclusive.',
    ja: '{Metric}：ラベルがないため有用性を測定できず、判定は「未確定」より先に進めません。',
  },
  'too-few-repeats': {
    en: 'Fewer repeats were run than a verdict needs: how much the numbers depend on the seeds is not well enough known.',
    ja: '繰り返しの回数が判断に必要な数より少なく、乱数シードによるばらつきが十分に分かりません。',
  },
  other: { en: '{rule}', ja: '{rule}' },
} as const;

/** Guards on a metric of which a smaller number is better. */
export const lowerGuards = {
  'guard-kept': {
    en: '{Metric} is kept: {method} changes it by {difference} ({low} to {high}); smaller is better, a rise of {margin} was allowed.',
    ja: '{Metric}は許容範囲内：{method}による変化は {difference}（{low}〜{high}）。小さいほど良い指標で、許容する上昇は {margin}まで。',
  },
  'guard-open': {
    en: '{Metric} is not shown to rise too far, but it may: {method} changes it by {difference} ({low} to {high}); smaller is better, a rise of {margin} was allowed.',
    ja: '{Metric}は上がりすぎとは示されないが、その可能性あり：{method}による変化は {difference}（{low}〜{high}）。小さいほど良い指標で、許容する上昇は {margin}まで。',
  },
  'guard-broken': {
    en: '{Metric} rises too far: {method} changes it by {difference} ({low} to {high}); smaller is better, a rise of {margin} was allowed.',
    ja: '{Metric}が上がりすぎ：{method}による変化は {difference}（{low}〜{high}）。小さいほど良い指標で、許容する上昇は {margin}まで。',
  },
} as const;

/** What to do next. */
export const nexts = {
  collect: {
    en: 'Collect about {more} more items of class {class}.',
    ja: 'クラス {class} をあと約 {more} 件集めてください。',
  },
  collectRange: {
    en: 'Collect about {more} more items of class {class} (likely {low} to {high}).',
    ja: 'クラス {class} をあと約 {more} 件（おおよそ {low}〜{high} 件）集めてください。',
  },
  collectAny: {
    en: 'Collect about {more} more items, of every class in its present share.',
    ja: '全クラスを現在の割合のまま、あと約 {more} 件集めてください。',
  },
  collectAnyRange: {
    en: 'Collect about {more} more items, of every class in its present share (likely {low} to {high}).',
    ja: '全クラスを現在の割合のまま、あと約 {more} 件（おおよそ {low}〜{high} 件）集めてください。',
  },
  repeat: { en: 'Run {more} more repeats.', ja: '繰り返しをあと {more} 回実行してください。' },
  repeatRange: {
    en: 'Run about {more} more repeats (likely {low} to {high}).',
    ja: '繰り返しをあと約 {more} 回（おおよそ {low}〜{high} 回）実行してください。',
  },
  label: {
    en: 'Label some recordings, so that use can be measured.',
    ja: '有用性を測定できるように、一部の記録にラベルを付けてください。',
  },
  collectGroups: {
    en: 'Collect recordings of about {more} more groups.',
    ja: '約 {more} グループ分の記録を追加してください。',
  },
  adoptRepresentation: {
    en: 'Use {candidate} in place of {baseline}, and keep watching both its clusters and its use.',
    ja: '{baseline}に代えて {candidate} を使い、運用中もクラスタと有用性の両方を見守ってください。',
  },
  adopt: {
    en: 'Use {candidate} in place of {baseline}, and keep watching the recall of each class in service.',
    ja: '{baseline}に代えて {candidate} を使い、運用中もクラスごとの再現率を見守ってください。',
  },
  keep: { en: 'Keep {baseline}.', ja: '{baseline}を使い続けてください。' },
  apart: {
    en: 'Only if you want to tell {candidate} and {simpler} apart: {step}',
    ja: '{candidate} と{simpler}の優劣を確かめたい場合のみ：{step}',
  },
  'adopt-simpler': { en: 'Adopt {method}.', ja: '{method}を採用してください。' },
} as const;

/** The rest of the first section. */
export const verdictWords = {
  pointsOf: { en: '{value} points', ja: '{value} ポイント' },
  why: { en: 'Why', ja: '理由' },
  next: { en: 'What to do next', ja: '次にすること' },
  keyFigures: {
    en: 'Key figures: B, {candidate}, against A, {baseline}',
    ja: '主な数値：B（{candidate}）と A（{baseline}）の差',
  },
  fromTo: { en: 'from {a} % to {b} %', ja: '{a} % → {b} %' },
  fromToNumber: { en: 'from {a} to {b}', ja: '{a} → {b}' },
  intervalLine: { en: '95 % interval {interval}', ja: '95 % 信頼区間 {interval}' },
  marginLine: { en: 'counts from {margin}', ja: '意味のある最小差 {margin}' },
  toleranceLine: { en: 'a loss of {margin} was allowed', ja: '許容する低下 {margin}' },
  smaller: { en: 'smaller is better', ja: '小さいほど良い' },
  notMeasured: { en: 'not measured', ja: '測定なし' },
  itemsLine: { en: '{count} items evaluated', ja: '評価件数 {count} 件' },
  useCard: { en: 'Criterion of use: {metric}', ja: '有用性の判断基準：{metric}' },
  clusterCard: { en: 'Criterion of clusters: {metric}', ja: 'クラスタの判断基準：{metric}' },
  criterionCard: { en: 'Criterion: {metric}', ja: '判断基準：{metric}' },
  rareCard: { en: 'Rare class with the greatest change: {name}', ja: '変化が最大の希少クラス：{name}' },
  guardCard: { en: 'Guard: {metric}', ja: '守る指標：{metric}' },
  statement: {
    en: 'What the intervals speak about: {statement}',
    ja: '区間が意味する範囲：{statement}',
  },
  recallHint: {
    en: 'Recall of a class is the share of its items that are found. Macro recall is the mean over the classes, so a rare class counts as much as a common one.',
    ja: 'あるクラスの再現率とは、そのクラスの全件のうち正しく見つけた割合です。マクロ再現率は全クラスの平均で、希少なクラスも多数派のクラスと同じ重みになります。',
  },
  representHint: {
    en: 'A representation is judged twice. Use: how well a simple linear classifier tells the classes from the frozen embedding, where a rare class counts as much as a common one. Clusters: how clearly the embedding falls into separate groups, found without labels. Pretty clusters alone prove nothing; both have to hold.',
    ja: '表現は二つの面で評価します。有用性：固定した埋め込みから単純な線形分類器がクラスをどれだけ見分けられるか（希少なクラスも同じ重み）。クラスタ：ラベルなしで埋め込みがどれだけはっきりと群に分かれるか。見た目の良いクラスタだけでは何の証拠にもならず、両方が成り立つ必要があります。',
  },
  ab: {
    en: 'A is {baseline}, as used today; B is {candidate}, the candidate. Data: {file}, {items}.',
    ja: 'A は現行手法の{baseline}、B は候補手法の{candidate}です。データ：{file}（{items}）。',
  },
  forestLabel: {
    en: 'Chart: what the verdict rests on, B minus A with 95 % intervals. The figures above and the table of comparisons have the numbers.',
    ja: '図：判定の根拠となる B − A の差と 95 % 信頼区間。数値は上の主な数値と比較の表にあります。',
  },
  forestNumberCaption: {
    en: 'B minus A in {metric}: the square is the difference, the line its 95 % interval; inside the shaded band ({margin} to either side) a difference is too small to matter.',
    ja: '{metric}の B − A の差。四角が差、線がその 95 % 信頼区間です。網掛けの範囲（左右 {margin}）の差は小さすぎて意味を持ちません。',
  },
  forestLowerCaption: {
    en: 'B minus A in {metric}, of which smaller is better: the square is the difference, the line its 95 % interval; inside the shaded band ({margin} to either side) a difference is too small to matter.',
    ja: '{metric}（小さいほど良い）の B − A の差。四角が差、線がその 95 % 信頼区間です。網掛けの範囲（左右 {margin}）の差は小さすぎて意味を持ちません。',
  },
  forestCaption: {
    en: 'B minus A, in points: the square is the difference, the line its 95 % interval. Criteria: inside the shaded band ({margin} points to either side) a difference is too small to matter. Guards: the tick marks the loss allowed.',
    ja: 'B − A の差（ポイント）。四角が差、線がその 95 % 信頼区間です。判断基準では、網掛けの範囲（左右 {margin} ポイント）の差は小さすぎて意味を持ちません。守る指標では、縦の目印が許容する低下を示します。',
  },
} as const;

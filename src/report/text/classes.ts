/** Texts of "Recall per class". */
export const classTexts = {
  title: { en: 'Recall per class', ja: 'クラス別の再現率' },
  intro: {
    en: 'How many items of each class are found, with A and with B. The largest class stands first, the rarest last.',
    ja: '各クラスの何割を正しく見つけたかを、A と B で比べます。件数の多いクラスから順に並べ、最も希少なクラスが最後です。',
  },
  introProbe: {
    en: 'How many windows of each class a plain linear classifier finds on the frozen embedding (linear probe), with A and with B. The largest class stands first, the rarest last.',
    ja: '固定した埋め込みから単純な線形分類器（線形プローブ）が各クラスの窓の何割を正しく見つけたかを、A と B で比べます。件数の多いクラスから順に並べています。',
  },
  chartCaption: {
    en: 'Recall of each class with A ({a}) and B ({b}). The line is the 95 % interval; n counts the items evaluated. Where two lines overlap, the difference in the table decides, not the overlap: both methods saw the same items.',
    ja: '各クラスの再現率：A（{a}）と B（{b}）。線は 95 % 信頼区間、件数は評価した件数です。線が重なっていても、判定は重なりではなく下の表の「差」で行います（両手法は同じ項目で比べています）。',
  },
  chartLabel: {
    en: 'Chart: recall of each class with {a} and {b}, with 95 % intervals. The table below has the same numbers.',
    ja: '図：{a}と{b}のクラス別再現率と 95 % 信頼区間。下の表に同じ数値があります。',
  },
  tableCaption: {
    en: 'Recall per class in percent; differences B − A in points; 95 % intervals below each number.',
    ja: 'クラス別の再現率（%）。差は B − A（ポイント）。各数値の下は 95 % 信頼区間。',
  },
  chosen: {
    en: 'Of {classes} classes these {shown} are shown: of those with at least {least} items or groups evaluated the ones whose recall rises most from A to B, falls most, and is lowest with B. All classes stand in result.json. Classes picked because they stand out among many owe part of it to chance.',
    ja: '全 {classes} クラスのうち {shown} クラスを示します。{least} 件（またはグループ）以上を評価したクラスから、A から B への再現率の上昇が大きいもの、低下が大きいもの、B の再現率が低いものを選びました。全クラスの数値は result.json にあります。多数の中から目立つものを選んでいるため、その一部は偶然によるものです。',
  },
  noneChosen: {
    en: 'None of the {classes} classes has enough items evaluated to be shown by itself; all stand in result.json.',
    ja: '全 {classes} クラスのいずれも、個別に示せるだけの評価件数がありません。数値は result.json にあります。',
  },
  gained: { en: 'Recall rises most', ja: '再現率の上昇が大きいクラス' },
  lost: { en: 'Recall falls most', ja: '再現率の低下が大きいクラス' },
  lowest: { en: 'Recall with B is lowest', ja: 'B の再現率が低いクラス' },
  groupsCaption: {
    en: 'Mean recall of the classes by their training items, in percent: every class of a group counts the same. Differences B − A in points; 95 % intervals below each number; n: what was evaluated.',
    ja: '学習件数で分けたクラスの平均再現率（%）。グループ内ではどのクラスも同じ重みです。差は B − A（ポイント）。各数値の下は 95 % 信頼区間、n は評価数。',
  },
  group: { en: 'Training items of a class', ja: 'クラスの学習件数' },
  classCount: { en: 'Classes', ja: 'クラス数' },
  many: { en: 'many: more than 100', ja: '多い：100 件超' },
  medium: { en: 'medium: 20 to 100', ja: '中程度：20〜100 件' },
  few: { en: 'few: fewer than 20', ja: '少ない：20 件未満' },
  trained: { en: 'Items trained', ja: '学習件数' },
  evaluated: { en: 'Items evaluated', ja: '評価件数' },
  recallA: { en: 'Recall A', ja: '再現率 A' },
  recallB: { en: 'Recall B', ja: '再現率 B' },
  difference: { en: 'B − A', ja: 'B − A' },
  trainedHint: {
    en: 'Items trained: mean over the training parts. Items evaluated: each once in every repeat. “Undecided” means that the interval holds both differences that matter and none at all.',
    ja: '学習件数は各学習部分の平均。評価件数は、繰り返しごとに 1 回ずつ評価した件数。「未確定」とは、意味のある差も差なしもどちらも区間に含まれることを指します。',
  },
} as const;

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

/** Texts of "Comparisons". */
export const comparisonTexts = {
  title: { en: 'Comparisons', ja: '比較の詳細' },
  intro: {
    en: 'Every difference that the verdict rests on. Differences are paired: both methods saw the same items, folds and seeds.',
    ja: '判定の根拠となる差の一覧です。どちらの手法も同じ項目・同じ分割・同じ乱数シードを使っているため、対応のある差です。',
  },
  caption: {
    en: 'Differences (first method minus second) in points with 95 % intervals; sampling error and seed error are standard errors in points.',
    ja: '差（左の手法 − 右の手法、ポイント）と 95 % 信頼区間。標本誤差とシード誤差は標準誤差（ポイント）。',
  },
  captionNumbers: {
    en: 'Differences (first method minus second) with 95 % intervals: shares in points, all else as numbers of their own; sampling error and seed error are standard errors.',
    ja: '差（左の手法 − 右の手法）と 95 % 信頼区間。割合はポイント、その他はそのままの数値。標本誤差とシード誤差は標準誤差。',
  },
  others: { en: 'All other differences', ja: 'その他の差' },
  forestNumberCaption: {
    en: 'Differences in {metric}: the square is the difference, the line its 95 % interval; inside the shaded band a difference is too small to matter. To the right is better.',
    ja: '{metric}の差。四角が差、線が 95 % 信頼区間。網掛けの範囲の差は小さすぎて意味を持ちません。右ほど良い。',
  },
  forestLowerCaption: {
    en: 'Differences in {metric}: the square is the difference, the line its 95 % interval; inside the shaded band a difference is too small to matter. Smaller is better, so to the left is better.',
    ja: '{metric}の差。四角が差、線が 95 % 信頼区間。網掛けの範囲の差は小さすぎて意味を持ちません。小さいほど良い指標なので、左ほど良い。',
  },
  forestCaption: {
    en: 'Differences on the criterion, in points: the square is the difference, the line its 95 % interval; inside the shaded band a difference is too small to matter.',
    ja: '判断基準における差（ポイント）。四角が差、線が 95 % 信頼区間。網掛けの範囲の差は小さすぎて意味を持ちません。',
  },
  forestLabel: {
    en: 'Chart: differences on the criterion between the methods with 95 % intervals. The table below has the same numbers.',
    ja: '図：手法間の判断基準の差と 95 % 信頼区間。下の表に同じ数値があります。',
  },
  pair: { en: '{method} − {against}', ja: '{method} − {against}' },
  compared: { en: 'Compared', ja: '比較' },
  margin: { en: 'Margin or loss allowed', ja: '最小差・許容低下' },
  sampling: { en: 'Sampling error', ja: '標本誤差' },
  seed: { en: 'Seed error', ja: 'シード誤差' },
  count: { en: 'n', ja: 'n' },
  criterion: { en: 'criterion', ja: '判断基準' },
  guard: { en: 'guard', ja: '守る指標' },
  shown: { en: 'shown', ja: '参考' },
  hint: {
    en: 'Sampling error comes from which items happened to be evaluated: more data cures it. Seed error comes from the random numbers of training and of the folds: more repeats cure it. A guard is broken when its whole interval lies beyond the loss allowed, and kept when none of it does.',
    ja: '標本誤差は「どの項目が評価されたか」による誤差で、データを増やすと小さくなります。シード誤差は学習と分割の乱数による誤差で、繰り返しを増やすと小さくなります。守る指標は、区間全体が許容する低下を超えると「超過」、区間全体が範囲内なら「許容範囲内」です。',
  },
} as const;

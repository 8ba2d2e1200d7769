/** Texts of "Which part does what". */
export const ablationTexts = {
  title: { en: 'Which part does what', ja: 'どの部分が効いているか' },
  intro: {
    en: '{method} has {count} parts. Each is judged twice: by leaving it out of the whole, and by adding it alone to the base that has none. All were trained on the same folds with the same seeds; differences are paired.',
    ja: '{method}は {count} つの部分からできています。各部分を「全体から外す」「何もないベースに単独で加える」の 2 通りで調べました。どれも同じ分割・同じ乱数シードで学習しており、差は対応のある差です。',
  },
  introOne: {
    en: '{method} has one part here: its effect is the difference between the method with it and the base without it.',
    ja: 'この設定の{method}は 1 つの部分だけでできています。その有無の差が、その部分の効果です。',
  },
  better: {
    en: '{part} helps: with it {metric} is {difference} higher than without it (95 % interval {low} to {high}).',
    ja: '{part}は有効です。これがあると、ない場合より{metric}が {difference}高くなります（95 % 信頼区間 {low}〜{high}）。',
  },
  worse: {
    en: '{part} hurts: with it {metric} changes by {difference} against the method without it (95 % interval {low} to {high}).',
    ja: '{part}は逆効果です。これがあると、ない場合に比べて{metric}が {difference}変化します（95 % 信頼区間 {low}〜{high}）。',
  },
  equivalent: {
    en: '{part} makes no difference that matters: with it {metric} changes by {difference} (95 % interval {low} to {high}), all of it within ±{margin}.',
    ja: '{part}に意味のある効果はありません。これがあるときの{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}）で、区間全体が ±{margin}の範囲内です。',
  },
  undecided: {
    en: 'Whether {part} helps or hurts is not decided: with it {metric} changes by {difference} (95 % interval {low} to {high}).',
    ja: '{part}が有効かどうかは未確定です。これがあるときの{metric}の変化は {difference}（95 % 信頼区間 {low}〜{high}）です。',
  },
  absent: { en: '{part}: its effect could not be measured.', ja: '{part}：効果を測定できません。' },
  alone: {
    en: 'Alone on the base it changes it by {difference} (95 % interval {low} to {high}): {state}.',
    ja: 'ベースに単独で加えた場合の変化は {difference}（95 % 信頼区間 {low}〜{high}）：{state}。',
  },
  together: {
    en: 'All parts together change {metric} by {difference} against the base (95 % interval {low} to {high}): {state}.',
    ja: 'すべての部分を合わせた{metric}の変化は、ベースに対して {difference}（95 % 信頼区間 {low}〜{high}）：{state}。',
  },
  forestCaption: {
    en: 'What each part moves {metric} by, in points: beside the rest (the whole minus the whole without it) and alone (minus the base). The square is the difference, the line its 95 % interval; inside the shaded band a difference is too small to matter. To the right the part helps.',
    ja: '各部分による{metric}の変化（ポイント）：併用は全体とそこから外した場合との差、単独はベースに加えた場合の差。四角が差、線が 95 % 信頼区間。網掛けの範囲の差は小さすぎて意味を持ちません。右ほど有効。',
  },
  forestLabel: {
    en: 'Chart: what each part moves the criterion by, with 95 % intervals. The table has every number.',
    ja: '図：各部分による判断基準の変化と 95 % 信頼区間。数値は表にあります。',
  },
  besideRow: { en: '{part}, beside the rest', ja: '{part}（他の部分と併用）' },
  aloneRow: { en: '{part}, alone', ja: '{part}（単独）' },
  togetherRow: { en: 'all parts', ja: 'すべての部分' },
  tableCaption: {
    en: 'The method with and without its parts, in percent; 95 % intervals below each number; differences to the base in points. On the right the recall of the rarest classes that can be measured.',
    ja: '部分の有無による比較（%）。各数値の下は 95 % 信頼区間、ベースとの差はポイント。右側は、測定できる最も希少なクラスの再現率。',
  },
  arm: { en: 'Parts', ja: '部分' },
  base: { en: 'base', ja: 'ベース' },
  only: { en: '{part} alone', ja: '{part}のみ' },
  allBut: { en: 'all but {part}', ja: '{part}以外すべて' },
  all: { en: 'all parts', ja: 'すべて' },
  has: { sign: '✓', word: { en: 'with it', ja: 'あり' } },
  hasNot: { sign: '–', word: { en: 'without it', ja: 'なし' } },
  differenceTo: { en: '{Metric}, minus the base', ja: '{Metric}のベースとの差' },
  isBase: { en: 'is the base', ja: 'ベース自身' },
  hint: {
    en: 'Each interval holds by itself at 95 %; over many parts one of them may miss by chance. A part may help only beside another: then leaving it out costs, though alone it brings nothing.',
    ja: '各区間は、それぞれ単独で 95 % 信頼区間です。部分が多いと、偶然外れるものもあり得ます。他の部分と一緒のときだけ効く部分もあります。その場合、単独では効果がなくても、外すと低下します。',
  },
  summaryTitle: { en: 'Which part of {method} does what', ja: '{method}の各部分の効果' },
} as const;

/** Texts of "How much the settings matter". */
export const sweptTexts = {
  title: { en: 'How much the settings matter', ja: '設定の影響' },
  kept: {
    en: 'No more than {margin} of {metric} worse than {baseline}: {good} of {of} settings of {method} ({share}).',
    ja: '{baseline}に比べた{metric}の低下が {margin}以内なのは、{method}の {of} 設定中 {good} 設定（{share}）です。',
  },
  unknown: {
    en: 'No setting of {method} can be measured against {baseline} on {metric}.',
    ja: '{metric}では、{method}のどの設定も{baseline}と比べることができません。',
  },
  range: {
    en: '{Metric} lies between {least} % ({worst}) and {most} % ({best}).',
    ja: '{metric}は {least} %（{worst}）から {most} %（{best}）までです。',
  },
  proven: {
    en: 'Shown better than {baseline}, each by its own interval: {better} of {of}; shown worse: {worse}.',
    ja: '個々の区間で{baseline}より良いと示されたのは {of} 設定中 {better}、悪いと示されたのは {worse} です。',
  },
  honest: {
    en: 'Do not pick the best of these {of}: it was chosen on the very data that it is judged by, so it looks better than it is. The verdict is that of the declared candidate ({candidate}) alone. A setting that looks good here has to be declared as the candidate of a new pilot, on data that had no part in choosing it.',
    ja: 'この {of} 設定から最良のものを選ばないでください。選んだデータそのもので評価しているため、実力より良く見えます。判定の対象は、あらかじめ宣言した候補（{candidate}）だけです。ここで良く見えた設定は、選択に使っていないデータで、新しいパイロットの候補として確かめる必要があります。',
  },
  gridIntro: {
    en: 'One cell is one setting: its {metric} in percent, and its 95 % interval below. The darker, the better (in dark colours: the lighter). A is {baseline}, B is {candidate}.',
    ja: '1 つのマスが 1 つの設定です。数値は{metric}（%）、その下は 95 % 信頼区間。色が濃いほど（暗い配色では明るいほど）良い値です。A は{baseline}、B は{candidate}です。',
  },
  lineIntro: {
    en: 'One mark is one setting with its 95 % interval. The line across is A ({baseline}), the band its interval; B is {candidate}.',
    ja: '1 つの印が 1 つの設定で、縦線はその 95 % 信頼区間です。横線は A（{baseline}）、帯はその区間。B は{candidate}です。',
  },
  good: { sign: '✓', word: { en: 'no worse than A by more than the margin', ja: 'A からの低下が最小差以内' } },
  poor: { sign: '✕', word: { en: 'worse than A by more than the margin', ja: 'A より最小差を超えて低下' } },
  isA: { en: 'A, today’s method', ja: 'A：現行手法' },
  isB: { en: 'B, the candidate', ja: 'B：候補手法' },
  candidate: { en: 'the candidate', ja: '候補手法' },
  tableCaption: {
    en: 'Every setting of {method}, in percent; 95 % intervals below each number; differences to A in points.',
    ja: '{method}の全設定（%）。各数値の下は 95 % 信頼区間、A との差はポイント。',
  },
  apart: {
    en: 'The settings that were only swept stand in this section alone; all their numbers are in result.json.',
    ja: '探索だけのために試した設定は、この節にだけ載せています。すべての数値は result.json にあります。',
  },
  summaryTitle: { en: 'How much the settings of {method} matter', ja: '{method}の設定の影響' },
} as const;

/** What the table of all methods says of variants of one method. */
export const variantTexts = {
  armsIntro: {
    en: 'A and B, and the variants of one method that were asked for, on the same data, folds, seeds and steps. The usual simple references were left out.',
    ja: 'A と B、および指定された手法の変種を、同じデータ・同じ分割・同じ乱数シード・同じ学習ステップ数で実行しています。通常の単純な比較手法は省いています。',
  },
  role: { en: 'parts left out', ja: '一部を外した変種' },
} as const;

/** Below so many repeats nothing is settled. */
export const fewRepeats = {
  en: 'There are fewer repeats than a verdict needs: read these as signs, not as findings.',
  ja: '繰り返し回数が判定に必要な数に達していません。結論ではなく、目安としてお読みください。',
} as const;

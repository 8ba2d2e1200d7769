/** Texts of "Confusion matrices". */
export const confusionTexts = {
  title: { en: 'What is taken for what', ja: '混同行列' },
  intro: {
    en: 'Rows are the true classes, columns the answers; each cell counts items, mean over the repeats. The stronger a cell’s shade, the larger its share of the row. Items on the diagonal are right.',
    ja: '行が正しいクラス、列が判定結果です。各セルは件数（繰り返しの平均）。色が強いほど、その行に占める割合が大きくなります。対角線上が正解です。',
  },
  listIntro: {
    en: 'A matrix of {classes} classes would not be readable. Listed are the wrong answers given most often with A and with B: items, mean over the repeats, and their share of the evaluated items of the true class. Every single answer stands in predictions.parquet.',
    ja: '{classes} クラスの混同行列は読み取れないため、A と B それぞれで最も多かった誤りを示します。件数は繰り返しの平均、割合は正しいクラスの評価件数に占める割合です。個々の判定はすべて predictions.parquet にあります。',
  },
  trueClass: { en: 'True class', ja: '正しいクラス' },
  answer: { en: 'Answer', ja: '判定' },
  items: { en: 'Items', ja: '件数' },
  share: { en: 'Share of the class', ja: 'クラスに占める割合' },
  byProbe: {
    en: 'The answers are those of the linear probe on the frozen embedding; the items are windows.',
    ja: '判定は、固定した埋め込みに対する線形プローブによるものです。1 件は 1 つの窓です。',
  },
  caption: { en: '{arm}: {method}', ja: '{arm}：{method}' },
  corner: { en: 'True class ↓ answer →', ja: '正解 ↓ 判定 →' },
  legend: { en: 'Share of the row', ja: '行に占める割合' },
} as const;

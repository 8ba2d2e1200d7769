/** Texts of "Collapse while training". */
export const trainingTexts = {
  title: { en: 'Collapse while training', ja: '学習中の潰れ' },
  intro: {
    en: 'Why clusters can look good on a poor representation: when training squeezes everything onto one direction, the points fall into tight heaps along a line. Silhouette and Davies-Bouldin reward the heaps, while what tells the classes apart is lost. The share of the largest direction shows it as it happens.',
    ja: '貧弱な表現でもクラスタが良く見える理由：学習がすべてを 1 方向に押し込めると、点は直線上の密な塊になります。シルエット係数と Davies-Bouldin 指数はその塊を高く評価しますが、クラスを見分ける情報は失われています。最大方向の割合を見ると、その過程が分かります。',
  },
  caption: {
    en: 'Share of all variance that lies in the embedding’s largest direction over the steps of training, mean over the trials. 100 %: collapsed onto a line.',
    ja: '学習ステップごとの、埋め込みの最大方向に集まる分散の割合（試行の平均）。100 % は直線に潰れた状態。',
  },
  label: {
    en: 'Chart: share of the largest direction over the steps of training for every trained method. The table has the first and the last look.',
    ja: '図：学習した各手法の、学習ステップごとの最大方向の割合。表に最初と最後の値があります。',
  },
  axis: { en: 'share of the largest direction', ja: '最大方向の割合' },
  steps: { en: 'training steps', ja: '学習ステップ' },
  tableCaption: {
    en: 'The first and the last look into training: share of the largest direction in percent, and effective rank.',
    ja: '学習の最初と最後の値：最大方向の割合（%）と実効ランク。',
  },
  firstStep: { en: 'First look, step', ja: '最初のステップ' },
  lastStep: { en: 'Last look, step', ja: '最後のステップ' },
  firstShare: { en: 'Largest direction, first', ja: '最大方向、最初' },
  lastShare: { en: 'Largest direction, last', ja: '最大方向、最後' },
  firstRank: { en: 'Effective rank, first', ja: '実効ランク、最初' },
  lastRank: { en: 'Effective rank, last', ja: '実効ランク、最後' },
} as const;

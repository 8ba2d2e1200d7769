/** Texts of "Along time". */
export const timelineTexts = {
  title: { en: 'One recording along time', ja: '1 本の記録を時間に沿って見る' },
  intro: {
    en: 'A recording that neither method learnt from: what was measured, what the label was, and where the embedding moves on. A good representation moves where the label changes and rests in between.',
    ja: 'どちらの手法も学習に使っていない記録です。測定値、ラベル、埋め込みが移り変わる箇所を示します。良い表現は、ラベルが変わる所で動き、その間は動きません。',
  },
  caption: {
    en: 'Recording {recording}, {windows} windows. From the top: the signal (smallest to largest value in each window), the true label, the k-means clusters under A and under B, and how far the embedding moves from each window to the next (1 is the recording’s median). Vertical lines: true changes of the label. A cluster has the colour of the class that it meets most often here; one without a class has a colour of its own.',
    ja: '記録 {recording}、{windows} 窓。上から、信号（各窓の最小値から最大値）、正解ラベル、A と B の k-means クラスタ、次の窓へ埋め込みが動く大きさ（1 がこの記録の中央値）。縦線は正解ラベルの変化。クラスタの色は、ここで最も多く重なるクラスの色で、対応するクラスのないものは別の色です。',
  },
  captionNoLabels: {
    en: 'Recording {recording}, {windows} windows. From the top: the signal (smallest to largest value in each window), the k-means clusters under A and under B, and how far the embedding moves from each window to the next (1 is the recording’s median).',
    ja: '記録 {recording}、{windows} 窓。上から、信号（各窓の最小値から最大値）、A と B の k-means クラスタ、次の窓へ埋め込みが動く大きさ（1 がこの記録の中央値）。',
  },
  chartLabel: {
    en: 'Chart: signal, label, clusters and movement of the embedding along time for {recording}. The table of label changes has the numbers.',
    ja: '図：{recording} の信号・ラベル・クラスタ・埋め込みの動き。数値はラベルの変化点の表にあります。',
  },
  labels: { en: 'Label', ja: 'ラベル' },
  clusters: { en: 'Clusters {arm}', ja: 'クラスタ {arm}' },
  movement: { en: 'Movement', ja: '動き' },
  seconds: { en: 'seconds', ja: '秒' },
  windowsAxis: { en: 'windows', ja: '窓' },
  noLabel: { en: 'no label', ja: 'ラベルなし' },
} as const;

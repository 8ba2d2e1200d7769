import { type Entry, fill, same, type Text } from '../language.ts';

const methods: Readonly<Record<string, Entry>> = {
  'cross-entropy': { en: 'cross-entropy', ja: '交差エントロピー' },
  'class-weighted': { en: 'class-weighted cross-entropy', ja: 'クラス重み付き交差エントロピー' },
  focal: { en: 'focal loss', ja: 'フォーカル損失' },
  'balanced-softmax': { en: 'balanced softmax', ja: 'バランスド・ソフトマックス' },
  'logit-adjustment': { en: 'logit adjustment', ja: 'ロジット調整' },
  oversampling: { en: 'random oversampling', ja: 'ランダム・オーバーサンプリング' },
  'ldam-drw': { en: 'LDAM-DRW', ja: 'LDAM-DRW' },
  crt: { en: 'classifier re-training', ja: '分類器の再学習（cRT）' },
  'tau-norm': { en: 'tau-normalisation', ja: 'τ 正規化' },
  mixup: { en: 'mixup', ja: 'mixup' },
  'supcon-balanced': { en: 'balanced contrastive learning', ja: 'バランスド対照学習' },
  allnc: { en: 'AllNC', ja: 'AllNC' },
};

const metrics: Readonly<Record<string, Entry>> = {
  'macro-recall': { en: 'macro recall', ja: 'マクロ再現率' },
  'balanced-accuracy': { en: 'balanced accuracy', ja: '均衡正解率' },
  'macro-f1': { en: 'macro F1', ja: 'マクロ F1' },
  'macro-precision': { en: 'macro precision', ja: 'マクロ適合率' },
  'macro-average-precision': { en: 'macro average precision', ja: 'マクロ平均適合率' },
  'average-precision': { en: 'average precision', ja: '平均適合率' },
  accuracy: { en: 'accuracy', ja: '正解率' },
  recall: { en: 'recall', ja: '再現率' },
  precision: { en: 'precision', ja: '適合率' },
  f1: { en: 'F1', ja: 'F1' },
  matthews: { en: 'Matthews correlation', ja: 'マシューズ相関係数' },
  'matthews-correlation': { en: 'Matthews correlation', ja: 'マシューズ相関係数' },
  'g-mean': { en: 'G-mean', ja: 'G-mean' },
  auroc: { en: 'AUROC', ja: 'AUROC' },
  'macro-auroc': { en: 'macro AUROC', ja: 'マクロ AUROC' },
  brier: { en: 'Brier score', ja: 'ブライアスコア' },
  'expected-calibration-error': { en: 'expected calibration error', ja: '期待較正誤差' },
};

const ofClass: Entry = { en: '{metric} of {name}', ja: '{name} の{metric}' };

/** The method's name in plain words; a method unknown here keeps the name it has. */
export function methodName(method: string): Text {
  return Object.hasOwn(methods, method) ? fill(methods[method]) : same(method);
}

/** The metric's name in plain words; `recall[HDF]` is "recall of HDF". An unknown one keeps the name it has. */
export function metricName(metric: string): Text {
  const bracket = /^([^[]+)\[(.*)\]$/s.exec(metric);
  if (bracket !== null) return fill(ofClass, { metric: metricName(bracket[1]), name: bracket[2] });
  return Object.hasOwn(metrics, metric) ? fill(metrics[metric]) : same(metric);
}

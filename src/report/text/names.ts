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
  raw: { en: 'raw features', ja: '生の特徴量' },
  untrained: { en: 'untrained encoder', ja: '未学習エンコーダ' },
  minirocket: { en: 'MiniRocket', ja: 'MiniRocket' },
  supervised: { en: 'supervised encoder', ja: '教師ありエンコーダ' },
  'info-nce': { en: 'InfoNCE', ja: 'InfoNCE' },
  'nt-xent': { en: 'NT-Xent', ja: 'NT-Xent' },
  'soft-assignment': { en: 'soft assignment', ja: 'ソフト割り当て' },
  'fixed-margin': { en: 'fixed margin', ja: '固定マージン' },
  triplet: { en: 'triplet loss', ja: 'トリプレット損失' },
  'barlow-twins': { en: 'Barlow Twins', ja: 'Barlow Twins' },
  vicreg: { en: 'VICReg', ja: 'VICReg' },
  hierarchical: { en: 'hierarchical contrast', ja: '階層的対照学習' },
  'emargin-smooth': { en: 'eMargin, smooth', ja: 'eMargin・平滑' },
  emargin: { en: 'eMargin', ja: 'eMargin' },
  'emargin-official-single': { en: 'eMargin as published, single', ja: 'eMargin 公開版・single' },
  'emargin-official-double': { en: 'eMargin as published, double', ja: 'eMargin 公開版・double' },
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
  'recall-many': { en: 'recall of classes trained on over 100 items', ja: '学習 100 件超のクラスの再現率' },
  'recall-medium': { en: 'recall of classes trained on 20 to 100 items', ja: '学習 20〜100 件のクラスの再現率' },
  'recall-few': { en: 'recall of classes trained on under 20 items', ja: '学習 20 件未満のクラスの再現率' },
  precision: { en: 'precision', ja: '適合率' },
  f1: { en: 'F1', ja: 'F1' },
  matthews: { en: 'Matthews correlation', ja: 'マシューズ相関係数' },
  'matthews-correlation': { en: 'Matthews correlation', ja: 'マシューズ相関係数' },
  'g-mean': { en: 'G-mean', ja: 'G-mean' },
  auroc: { en: 'AUROC', ja: 'AUROC' },
  'macro-auroc': { en: 'macro AUROC', ja: 'マクロ AUROC' },
  brier: { en: 'Brier score', ja: 'ブライアスコア' },
  'expected-calibration-error': { en: 'expected calibration error', ja: '期待較正誤差' },
  'probe-macro-f1': { en: 'macro F1 of the linear probe', ja: '線形プローブのマクロ F1' },
  'probe-macro-recall': { en: 'macro recall of the linear probe', ja: '線形プローブのマクロ再現率' },
  'probe-accuracy': { en: 'accuracy of the linear probe', ja: '線形プローブの正解率' },
  'knn-macro-f1': { en: 'macro F1 of nearest neighbours', ja: '近傍法のマクロ F1' },
  silhouette: { en: 'silhouette (k-means)', ja: 'シルエット係数（k-means）' },
  'davies-bouldin': { en: 'Davies-Bouldin (k-means)', ja: 'Davies-Bouldin（k-means）' },
  'calinski-harabasz': { en: 'Calinski-Harabasz (k-means)', ja: 'Calinski-Harabasz（k-means）' },
  'adjusted-rand': { en: 'adjusted Rand index', ja: '調整ランド指数' },
  'normalised-mutual-information': { en: 'normalised mutual information', ja: '正規化相互情報量' },
  'silhouette-on-classes': { en: 'silhouette (true classes)', ja: 'シルエット係数（正解クラス）' },
  'davies-bouldin-on-classes': { en: 'Davies-Bouldin (true classes)', ja: 'Davies-Bouldin（正解クラス）' },
  'calinski-harabasz-on-classes': {
    en: 'Calinski-Harabasz (true classes)',
    ja: 'Calinski-Harabasz（正解クラス）',
  },
  'effective-rank': { en: 'effective rank', ja: '実効ランク' },
  'largest-share': { en: 'share of the largest direction', ja: '最大方向の割合' },
  'dead-dimensions': { en: 'dead dimensions', ja: '死んだ次元の割合' },
  'mean-cosine': { en: 'mean absolute cosine', ja: '平均絶対コサイン' },
  uniformity: { en: 'uniformity', ja: '一様性' },
  alignment: { en: 'alignment', ja: '整列性' },
  bridge: { en: 'bridge number', ja: 'ブリッジ値' },
  'kappa-time': { en: 'kappa-time', ja: 'κ-time' },
  'transition-sharpness': { en: 'transition sharpness', ja: '遷移の鋭さ' },
  'change-precision': { en: 'precision of the change points', ja: '変化点の適合率' },
  'change-recall': { en: 'recall of the change points', ja: '変化点の再現率' },
};

const ofClass: Entry = { en: '{metric} of {name}', ja: '{name} の{metric}' };

const withSettings: Entry = { en: '{name} ({settings})', ja: '{name}（{settings}）' };

/**
 * The method's name in plain words, its own settings in brackets: `info-nce:temperature=0.1` is "InfoNCE (temperature
 * 0.1)". A method unknown here keeps the name it has.
 */
export function methodName(method: string): Text {
  if (Object.hasOwn(methods, method)) return fill(methods[method]);
  const [base, ...settings] = method.split(':');
  if (!Object.hasOwn(methods, base) || settings.length === 0) return same(method);
  return fill(withSettings, { name: fill(methods[base]), settings: settings.join(', ').replaceAll('=', ' ') });
}

/** The metric's name in plain words; `recall[HDF]` is "recall of HDF". An unknown one keeps the name it has. */
export function metricName(metric: string): Text {
  const bracket = /^([^[]+)\[(.*)\]$/s.exec(metric);
  if (bracket !== null) return fill(ofClass, { metric: metricName(bracket[1]), name: bracket[2] });
  return Object.hasOwn(metrics, metric) ? fill(metrics[metric]) : same(metric);
}

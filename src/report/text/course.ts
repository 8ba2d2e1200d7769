/** Texts of the parts of "Neural collapse" that show it while training: course, angles, maps. */
export const courseTexts = {
  title: { en: 'While training', ja: '学習の途中経過' },
  intro: {
    en: 'Each training was stopped for a moment at {looks} points and looked at: always the same {train} training and {evaluation} evaluation items, as many of each class as can be. They are few, so the numbers differ from those above, which are of all items. Nothing was decided by these looks, and they do not predict which method finds rare classes: read them to see whether a net still gathers its classes when training ends, and whether it does so on items it has not learnt.',
    ja: '各学習を {looks} 回だけ一時的に止めて観察しました。毎回同じ学習データ {train} 件と評価データ {evaluation} 件（各クラスできるだけ同数）です。件数が少ないため、全件で測った上の数値とは異なります。この観察で決めたことは何もなく、どの手法が希少クラスをよく見つけるかを予測するものでもありません。学習の終わりにクラスがまだ集まり続けているか、学習していない項目でも集まっているかを見るためのものです。',
  },
  short: {
    en: 'These trainings were too short to be looked at on the way without slowing them down. They were looked at once, after the last step, on {train} training and {evaluation} evaluation items, as many of each class as can be.',
    ja: '学習が短く、速度を落とさずに途中で観察することができませんでした。最後のステップの後に 1 回だけ、学習データ {train} 件と評価データ {evaluation} 件（各クラスできるだけ同数）を観察しています。',
  },
  someClasses: {
    en: 'Of {all} classes {some} are looked at, at even steps from the largest to the rarest, as if there were no others.',
    ja: '全 {all} クラスのうち、最大から最少まで等間隔に選んだ {some} クラスだけを（他のクラスがないものとして）観察しています。',
  },
  nc1Caption: {
    en: 'Scatter of the classes around their own means (NC1, every class alike) over the steps of training, mean over {trials} trials; the bands reach from the lowest to the highest trial. Lower is tighter; the scale is logarithmic. Dashed: the step whose net was kept, on average.',
    ja: '学習ステップごとのクラスの散らばり（NC1、全クラス同じ重み）。{trials} 試行の平均で、帯は最小の試行から最大の試行まで。小さいほど密で、目盛りは対数です。破線は採用したネットのステップ（平均）。',
  },
  nc1Label: {
    en: 'Chart: NC1 over the steps of training, on training and on evaluation items. The table has the first and the last look.',
    ja: '図：学習ステップごとの NC1（学習データと評価データ）。表に最初と最後の値があります。',
  },
  angleCaption: {
    en: 'Smallest angle between two of the rarest third of the classes over the steps of training, mean over {trials} trials; the bands reach from the lowest to the highest trial. Towards 0° the net no longer tells the two apart. Dotted: the angle at which all classes would stand alike.',
    ja: '最も希少な 3 分の 1 のクラスどうしの最小角度（学習ステップごと、{trials} 試行の平均。帯は最小の試行から最大の試行まで）。0° に近づくほど両者を区別できていません。点線は全クラスが均等に並ぶ角度です。',
  },
  angleLabel: {
    en: 'Chart: smallest angle between rare classes over the steps of training, of the class means on training and on evaluation items and of the classifier’s vectors. The table has the first and the last look.',
    ja: '図：学習ステップごとの希少クラス間の最小角度（学習データ・評価データのクラス平均、分類器ベクトル）。表に最初と最後の値があります。',
  },
  steps: { en: 'training steps', ja: '学習ステップ' },
  train: { en: 'training items', ja: '学習データ' },
  evaluation: { en: 'evaluation items', ja: '評価データ' },
  meansTrain: { en: 'class means, training', ja: 'クラス平均・学習' },
  meansEvaluation: { en: 'class means, evaluation', ja: 'クラス平均・評価' },
  classifier: { en: 'classifier', ja: '分類器' },
  others: { en: 'other methods', ja: '他の手法' },
  kept: { en: 'net kept', ja: '採用したネット' },
  caption: {
    en: 'The first and the last look at every method, mean over the trials: scatter of the classes (NC1) and smallest angle between rare classes in degrees.',
    ja: '各手法の最初と最後の観察（試行の平均）：クラスの散らばり（NC1）と希少クラス間の最小角度（度）。',
  },
  keptAt: { en: 'Net kept after step', ja: '採用ステップ' },
  nc1Train: { en: 'NC1, training', ja: 'NC1、学習' },
  nc1Evaluation: { en: 'NC1, evaluation', ja: 'NC1、評価' },
  angleEvaluation: { en: 'Angle, means, evaluation', ja: '角度・平均・評価' },
  angleClassifier: { en: 'Angle, classifier', ja: '角度・分類器' },
  first: { en: 'first', ja: '最初' },
  last: { en: 'last', ja: '最後' },
  more: {
    en: 'Every look at A and B, and each class at the last one',
    ja: 'A・B の全観察と、最後の観察のクラス別の値',
  },
  looksCaption: {
    en: 'Every look at A and B, mean over the trials. Recall is that of the net’s own answers, in percent, on the items looked at.',
    ja: 'A・B の全観察（試行の平均）。再現率（%）は、観察した項目に対するネット自身の判定によるものです。',
  },
  step: { en: 'Step', ja: 'ステップ' },
  recallTrain: { en: 'Macro recall, training', ja: 'マクロ再現率、学習' },
  recallEvaluation: { en: 'Macro recall, evaluation', ja: 'マクロ再現率、評価' },
  nc3Evaluation: { en: 'NC3, evaluation', ja: 'NC3、評価' },
  nc4Evaluation: { en: 'NC4, evaluation, %', ja: 'NC4、評価、%' },
  classesCaption: {
    en: 'Each class at the last look: scatter (NC1), smallest angle of its mean to any other in degrees, recall in percent.',
    ja: '最後の観察でのクラス別の値：散らばり（NC1）、クラス平均と他クラスとの最小角度（度）、再現率（%）。',
  },
  classNc1: { en: 'NC1 {arm}, evaluation', ja: 'NC1 {arm} 評価' },
  classAngle: { en: 'Angle {arm}, evaluation', ja: '角度 {arm} 評価' },
  classRecallTrain: { en: 'Recall {arm}, training', ja: '再現率 {arm} 学習' },
  classRecall: { en: 'Recall {arm}, evaluation', ja: '再現率 {arm} 評価' },
} as const;

/** Texts of the matrices of angles. */
export const angleTexts = {
  title: { en: 'Angles between the classes', ja: 'クラス間の角度' },
  intro: {
    en: 'How far the classes stand apart, in degrees, seen from the centre of all of them, in the first trial. The darker a cell, the closer the two classes; if all stood alike, every angle would be {ideal}°.',
    ja: '全クラスの中心から見た、クラスどうしの開き（度）。最初の試行の値です。色が濃いほど 2 つのクラスが近く、全クラスが均等に並べばすべて {ideal}° になります。',
  },
  someClasses: {
    en: 'Of {all} classes {some} are shown, at even steps from the largest to the rarest.',
    ja: '全 {all} クラスのうち、最大から最少まで等間隔に選んだ {some} クラスを示します。',
  },
  legend: { en: 'Angle', ja: '角度' },
  caption: { en: '{arm}, {of}', ja: '{arm}、{of}' },
  classifier: { en: 'classifier’s vectors', ja: '分類器ベクトル' },
  evaluation: { en: 'class means on evaluation items', ja: '評価データのクラス平均' },
  train: { en: 'class means on training items', ja: '学習データのクラス平均' },
  more: { en: 'The same of the class means on training items', ja: '学習データのクラス平均についても表示' },
  chartCaption: {
    en: 'Angles between {of}, under A and B; columns in the order of the rows, largest class first.',
    ja: '{of}の角度（A と B）。列の順は行と同じで、大きいクラスから。',
  },
  chartLabel: {
    en: 'Chart: angles between {of}, under A and B. The numbers stand in the result file.',
    ja: '図：{of}の角度（A と B）。数値は結果ファイルにあります。',
  },
} as const;

/** Texts of the maps. */
export const mapTexts = {
  title: { en: 'Maps of the embedding', ja: '埋め込みの地図' },
  intro: {
    en: 'Evaluation items of the first trial as the net places them, flattened to the two directions in which they vary most. These hold {a1} % and {a2} % of the variance under A, {b1} % and {b2} % under B: what looks mixed here may be apart in the rest. A map shows what a net does; it proves nothing, and a tidy one is no sign of better recall.',
    ja: '最初の試行の評価データをネットがどこに置くかを、最も変動の大きい 2 方向に平らにして示します。この 2 方向が表す分散は、A で {a1} % と {a2} %、B で {b1} % と {b2} % です。ここで混ざって見えても、残りの方向では離れているかもしれません。地図はネットの様子を示すだけで何も証明せず、整って見えても再現率が高いとは限りません。',
  },
  caption: {
    en: '{count} evaluation items, as many of each class as can be; the large discs are the means of all evaluation items of a class, numbered as in the legend. Each map has a scale of its own.',
    ja: '評価データ {count} 件（各クラスできるだけ同数）。大きい円は評価データ全件のクラス平均で、番号は凡例のとおり。縮尺は地図ごとに異なります。',
  },
  manyCaption: {
    en: '{count} evaluation items, as many of each class as can be; of {all} classes the rarest third stands out. Large discs: class means of all evaluation items. Each map has a scale of its own.',
    ja: '評価データ {count} 件（各クラスできるだけ同数）。全 {all} クラスのうち最も希少な 3 分の 1 を強調しています。大きい円は評価データ全件のクラス平均。縮尺は地図ごとに異なります。',
  },
  label: {
    en: 'Chart: evaluation items of each class on the two main directions of the embedding, under A and B.',
    ja: '図：埋め込みの主要な 2 方向における各クラスの評価データ（A と B）。',
  },
  rare: { en: 'rarest third of the classes', ja: '最も希少な 3 分の 1 のクラス' },
  rest: { en: 'the other classes', ja: 'その他のクラス' },
} as const;

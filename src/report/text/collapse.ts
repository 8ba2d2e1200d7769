/** Texts of "Neural collapse". */
export const collapseTexts = {
  title: { en: 'Neural collapse: how the net arranges the classes', ja: 'ニューラルコラプス：クラスの配置の診断' },
  intro: {
    en: 'When a classifier is well trained, each class gathers at one point, the points stand as far apart as they can, and the classifier’s own vectors line up with them. The numbers below tell how far each net has come; smaller is closer to that ideal. They diagnose what a net has learnt; they do not predict which method finds rare classes better.',
    ja: 'よく学習された分類器では、各クラスが 1 点に集まり、点どうしは互いに最も離れて並び、分類器のベクトルもそれに一致します。以下の数値は、その理想にどれだけ近いかを示し、小さいほど理想に近くなります。学習結果の診断であって、どの手法が希少クラスをよく見つけるかを予測するものではありません。',
  },
  nc1: { en: 'NC1', ja: 'NC1' },
  nc1Is: {
    en: 'How widely each class scatters around its own mean, measured against the distance between the classes; “balanced” counts every class alike, “pooled” every item.',
    ja: '各クラスが自分の平均のまわりにどれだけ散らばるか（クラス間の距離に対する比）。「均等」は全クラスを同じ重みで、「全件」は全項目を同じ重みで数えます。',
  },
  nc2: { en: 'NC2', ja: 'NC2' },
  nc2Is: {
    en: 'How evenly the classes stand around their centre: “lengths” compares their distances from it, “angles” the angles between them; for the class means and for the classifier’s vectors.',
    ja: 'クラスが中心のまわりにどれだけ均等に並ぶか。「長さ」は中心からの距離、「角度」は互いの角度の偏り。クラス平均と分類器ベクトルのそれぞれについて示します。',
  },
  nc3: { en: 'NC3', ja: 'NC3' },
  nc3Is: {
    en: 'How far the classifier’s vectors point away from the class means.',
    ja: '分類器ベクトルの向きがクラス平均からどれだけずれているか。',
  },
  nc4: { en: 'NC4', ja: 'NC4' },
  nc4Is: {
    en: 'Share of items that the classifier does not simply give to the class with the nearest mean.',
    ja: '分類器の答えが「最も近いクラス平均」と異なる項目の割合。',
  },
  balanced: { en: 'balanced', ja: '均等' },
  pooled: { en: 'pooled', ja: '全件' },
  means: { en: 'class means', ja: 'クラス平均' },
  classifier: { en: 'classifier', ja: '分類器' },
  lengths: { en: 'lengths', ja: '長さ' },
  angles: { en: 'angles', ja: '角度' },
  caption: {
    en: 'Neural collapse of every method, mean over the trials; NC4 in percent; smaller is nearer to the ideal.',
    ja: '全手法のニューラルコラプス（試行の平均）。NC4 は %。小さいほど理想に近い。',
  },
  train: { en: 'On training items', ja: '学習データ' },
  evaluation: { en: 'On evaluation items', ja: '評価データ' },
  someClasses: {
    en: 'Of {all} classes the {shown} whose recall stands out; result.json has all of them.',
    ja: '全 {all} クラスのうち、再現率に目立つ特徴のある {shown} クラスを示します。全クラスの数値は result.json にあります。',
  },
  perClassCaption: {
    en: 'Scatter of each class around its own mean (NC1 of the class) with A and B, and the smallest angle, in degrees, between the class’s classifier vector and any other.',
    ja: 'クラスごとの散らばり（クラス別 NC1）と、そのクラスの分類器ベクトルと他クラスとの最小角度（度）。A と B。',
  },
  nc1Train: { en: 'NC1 {arm}, training', ja: 'NC1 {arm} 学習' },
  nc1Evaluation: { en: 'NC1 {arm}, evaluation', ja: 'NC1 {arm} 評価' },
  angle: { en: 'Smallest angle {arm}', ja: '最小角度 {arm}' },
  minorityCaption: {
    en: 'Minority collapse: among the rarest third of the classes, the smallest angle between two classifier vectors. Near 0° the net no longer tells the two apart; the ideal is the same angle between all classes.',
    ja: '少数クラスの崩壊：最も希少な 3 分の 1 のクラスの中で、2 つの分類器ベクトルの最小角度。0° に近いと両者を区別できていません。理想は全クラス間で等しい角度です。',
  },
  smallest: { en: 'Smallest angle', ja: '最小角度' },
  pair: { en: 'Between', ja: '対象の 2 クラス' },
  ideal: { en: 'Ideal angle', ja: '理想の角度' },
  and: { en: '{one} and {other}', ja: '{one} と {other}' },
} as const;

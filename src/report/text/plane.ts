/** Texts of "Clusters against use" and of the alarm. */
export const planeTexts = {
  title: { en: 'The plane: clusters against use', ja: 'クラスタと有用性の平面' },
  intro: {
    en: 'Pretty clusters and a useful representation are two things, and a method can win one and lose the other. The plane shows both at once, seen from A, today’s method.',
    ja: 'きれいなクラスタと役に立つ表現は別のもので、一方で勝って他方で負ける手法もあります。この平面は、現行手法 A を基準に両方を同時に示します。',
  },
  introNoUse: {
    en: 'Use could not be measured: there are no labels. The plane therefore shows how clearly the clusters stand apart against kappa-time, how faithfully they follow time; that is a screen for a collapsed representation and no measure of use.',
    ja: 'ラベルがないため、有用性は測定できませんでした。そこで、クラスタの分離の良さと、クラスタがどれだけ時間の流れに沿うか（κ-time）を示します。これは潰れた表現を見つけるためのふるいであり、有用性の指標ではありません。',
  },
  caption: {
    en: 'Across: {x}; up: {y}; on both axes the better side is right and up. Each small mark is one trial, each large mark the number of the method in the tables. The solid cross is A; the dashed lines beside it mark the smallest difference that matters. Methods whose embeddings were not clustered are not shown.',
    ja: '横軸：{x}、縦軸：{y}。どちらの軸も右・上ほど良い。小さい印が 1 回の試行、大きい印が表に示した手法全体の値です。実線の十字が A、その両側の破線が意味のある最小差。クラスタを求めていない手法は示していません。',
  },
  label: {
    en: 'Chart: {x} across and {y} up, one mark for each trial of each method, with the mean of A as a cross. The table below has the numbers.',
    ja: '図：横軸に{x}、縦軸に{y}。各手法の試行ごとの印と、A の十字線。数値は下の表にあります。',
  },
  smaller: { en: '{metric}, smaller is better', ja: '{metric}・小さいほど良い' },
  tableCaption: {
    en: 'Where each method lies, seen from A: both numbers with 95 % intervals, and their differences to A. Whether a difference is more than chance is told below it; a method lies in one of the four fields only where both differences are.',
    ja: 'A から見た各手法の位置：両方の値と 95 % 信頼区間、A との差。偶然を超える差かどうかは差の下に示し、両方の差が偶然を超える場合だけ四つの領域の名を付けます。',
  },
  differenceTo: { en: '{Metric}, minus A', ja: '{Metric}の A との差' },
  where: { en: 'Lies', ja: '位置' },
  isBaseline: { en: 'is A', ja: 'A 自身' },
  unsettled: { en: 'not certain', ja: '確かでない' },
  notShown: { en: 'not on the plane', ja: '平面上になし' },
  trialsLegend: { en: 'other methods', ja: 'その他の手法' },
} as const;

/** The four fields around A; without labels the field says what kappa-time can tell. */
export const quadrants = {
  both: { en: 'better on both', ja: '両方で良い' },
  pretty: { en: 'pretty but useless', ja: '見かけ倒し' },
  useful: { en: 'useful but not pretty', ja: '地味だが有用' },
  neither: { en: 'worse on both', ja: '両方で悪い' },
  prettyOnly: { en: 'pretty, but follows time less', ja: '見た目のみ良い' },
  timeOnly: { en: 'follows time, but not pretty', ja: '時間に沿うのみ' },
} as const;

/** Texts of the alarm "pretty but useless". */
export const alarmTexts = {
  title: { en: 'Alarm: pretty but useless', ja: '警報：見かけ倒し' },
  quietTitle: { en: 'The alarm “pretty but useless”', ja: '警報「見かけ倒し」' },
  quiet: {
    en: 'It was raised for no method: wherever clusters look better than A’s, they follow time about as well.',
    ja: 'どの手法でも出ていません。A より見た目の良いクラスタは、時間の流れにも同程度に沿っています。',
  },
  means: {
    en: 'In the trials counted below, a method’s clusters look better than A’s on both measures of looks, silhouette and Davies-Bouldin, yet follow time clearly less well: kappa-time lies more than 0.1 below A’s on the same recordings. That is the mark of a representation that has collapsed onto few directions. Do not choose such a method for its clusters. Where there are labels, the judgement on both criteria above decides, not the alarm.',
    ja: '下に数えた試行では、クラスタは見た目の指標（シルエット係数と Davies-Bouldin 指数）の両方で A より良く見えますが、時間の流れには明らかに沿っていません（同じ記録で κ-time が A より 0.1 を超えて低い）。表現が少数の方向に潰れたときの特徴です。そのような手法を、クラスタの良さを理由に選ばないでください。ラベルがある場合は、警報ではなく、上の二つの基準による評価で判断します。',
  },
  raised: { en: 'Raised in', ja: '警報の出た試行' },
  onMean: { en: 'Also on the mean of all trials', ja: '全試行の平均でも' },
  raisedOf: { en: '{raised} of {of} trials', ja: '{of} 試行中 {raised} 試行' },
  caption: {
    en: 'What raised the alarm, beside A’s numbers; mean over the trials. {Silhouette}: larger looks better; {daviesBouldin}: smaller looks better; {kappaTime}: larger follows time better.',
    ja: '警報の根拠となる値と A の値（試行の平均）。{Silhouette}は大きいほど、{daviesBouldin}は小さいほど見た目が良く、{kappaTime}は大きいほど時間の流れに沿います。',
  },
  bridge: {
    en: 'How far to trust it: the alarm and the bridge number are a screen, not a ranking. Measured on 367 runs, the bridge number’s rank correlation (Spearman) with the linear probe’s macro F1 is 0.46 on average: 0.52 on har-chest, 0.73 on har-phone, 0.12 on sleep. On the same runs 79 % of the alarms were right (precision), and 54 % of the useless representations were found (recall); these shares were measured where the alarm was chosen.',
    ja: '信頼できる範囲：警報とブリッジ値は順位付けではなく、ふるい分けの道具です。367 回の実行で測ったところ、ブリッジ値と線形プローブのマクロ F1 の順位相関（スピアマン）は平均 0.46（har-chest 0.52、har-phone 0.73、sleep 0.12）でした。同じ実行で、警報の 79 % が正しく（適合率）、役に立たない表現の 54 % を見つけました（再現率）。いずれも、警報を決めたのと同じ実行で測った値です。',
  },
  short: {
    en: 'Alarm “pretty but useless”: raised for B in {raised} of {of} trials. There its clusters look better than A’s but follow time clearly less well.',
    ja: '警報「見かけ倒し」：B で {of} 試行中 {raised} 試行。そこではクラスタが A より良く見えますが、時間の流れには明らかに沿っていません。',
  },
  more: { en: 'What this means', ja: '意味を見る' },
} as const;

/** Sentences about time series and representations, English and Japanese, in the manner of sentences.ts. */
export const seriesSentences: readonly (readonly [RegExp, string])[] = [
  [
    /^for new groups and new seeds, with training sets like this one\.?$/i,
    '新しいグループと新しい乱数シードについて、今回と同様の学習データで学習した場合を指します。',
  ],

  // Why a number or an interval is missing, or what it leaves out.
  [
    /^one number a trial: interval over trials \(Nadeau, Bengio\), for other training recordings too$/,
    '1 試行に 1 つの値：試行間の区間（Nadeau・Bengio）で、別の記録で学習した場合も含む',
  ],
  [/^one trial tells no interval$/, '1 試行だけでは区間を求められない'],
  [/^(\d+) of (\d+) trials left out: undefined$/, '{2} 試行中 {1} 試行は値が定まらず対象外'],
  [/^no labels to measure it with$/, '測定に使うラベルなし'],
  [/^no labels to train a probe with$/, 'プローブの学習に使うラベルなし'],
  [/^no labels to look up neighbours with$/, '近傍法に使うラベルなし'],
  [/^no labels given$/, 'ラベルなし'],
  [/^no labelled rows$/, 'ラベルのある窓なし'],
  [/^no clusters given$/, 'クラスタなし'],
  [/^not clustered$/, 'クラスタを求めていない'],
  [/^needs labels of at least two classes$/, '2 クラス以上のラベルが必要'],
  [/^MiniRocket needs windows of (\d+) steps or more$/, 'MiniRocket には {1} ステップ以上の窓が必要'],
  [/^the label never changes inside a recording$/, '記録の途中でラベルが変わらない'],
  [/^no change point found$/, '変化点が検出されなかった'],
  [/^no neighbours with the same label$/, '同じラベルの隣どうしがない'],
  [/^neighbours with the same label coincide$/, '同じラベルの隣どうしが一致する'],
  [/^(\d+) change points beside unlabelled rows left out$/, 'ラベルのない窓に隣接する変化点 {1} 個は対象外'],
  [/^(\d+) items without a label left out$/, 'ラベルのない {1} 件は対象外'],
  [/^no spread within the clusters$/, 'クラスタ内の広がりがない'],
  [/^the centres of clusters (\d+) and (\d+) coincide$/, 'クラスタ {1} と {2} の中心が一致する'],
  [/^a sample of (\d+) of (\d+) items, every cluster with its share$/, '{2} 件から比率どおりに選んだ {1} 件'],
  [/^a sample of (\d+) of (\d+) items$/, '{2} 件から選んだ {1} 件'],
  [/^(\d+) distinct clusters found of (\d+)$/, '{2} クラスタのうち異なるものは {1} 個'],
  [/^not converged after (\d+) steps$/, '{1} ステップで収束せず'],
  [/^all rows are equal$/, '全行が等しい'],
  [/^one cluster only$/, 'クラスタが 1 つだけ'],
  [/^no recording has two rows$/, '2 窓以上の記録がない'],
  [/^fewer than 2 items$/, '2 件未満'],
  [/^(\d+) zero rows have no direction$/, '{1} 行は 0 で方向がない'],

  // How a threshold was settled.
  [/^chosen by hand$/, '手動で指定'],
  [/^no labels to tell whether transitions are detectable$/, '遷移を検出できるかを確かめるラベルがない'],
  [/^no labelled neighbours are less similar than the rest$/, '類似度の低い隣どうしにラベルがない'],
  [
    /^of the least similar neighbours (.+) are transitions, of all (.+): (detectable|not detectable.*)$/,
    '類似度の低い隣どうしの {1} が遷移（全体では {2}）：{3}',
  ],
  [/^detectable$/, '検出可能'],
  [/^not detectable \(twice as many are needed\)$/, '検出不可（2 倍以上が必要）'],

  // Findings of the audit.
  [
    /^(\S+): its clusters look better than those of (\S+) \(silhouette (\S+) against (\S+), Davies-Bouldin (\S+) against (\S+)\), yet follow time less well \(kappa-time (\S+) against (\S+)\)$/,
    '{1}：クラスタは {2} より良く見えます（シルエット係数 {3} 対 {4}、Davies-Bouldin {5} 対 {6}）が、時間の流れには沿っていません（κ-time {7} 対 {8}）',
  ],
  [/^so in (\d+) of (\d+) trials$/, '{2} 試行中 {1} 試行で同様'],
  [
    /^each recording is cut into (\d+) stretches of time that are split like groups: the numbers speak about later and earlier times of the same ([\d,]+) groups?, not about new ones$/,
    '各記録を {1} 個の時間区間に切り、グループのように分割しました。数値は同じ {2} グループの前後の時間についてのもので、新しいグループについてではありません',
  ],
  [
    /^([\d,]+) groups only: what a new group would give is known badly; more groups help more than longer recordings$/,
    'グループが {1} 個だけのため、新しいグループでの結果はよく分かりません。記録を長くするより、グループを増やすほうが有効です',
  ],
  [
    /^the times give (.+) steps a unit of time where (.+) was said; (.+) is used$/,
    '時刻からは単位時間あたり {1} ステップですが、指定は {2}。{3} を使います',
  ],
  [
    /^steps vary by (.+) \(standard deviation\), each less than half; they are taken for even$/,
    '間隔のばらつきは {1}（標準偏差）で、いずれも半分未満のため、等間隔とみなします',
  ],
  [
    /^([\d,]+) jumps? in time in ([\d,]+) files? \((.+), before data row ([\d,]+) first\)$/s,
    '{2} ファイルに時刻の飛びが {1} か所（最初は {3} のデータ行 {4} の前）',
  ],
  [/^the recordings are split there$/, 'そこで記録を分けます'],
  [/^(.+) steps a second, taken from the times$/, '時刻から毎秒 {1} ステップと求めました'],
  [
    /^([\d,]+) files? put on an even grid of (.+) steps a second by straight lines$/,
    '{1} ファイルを毎秒 {2} ステップの等間隔に直線補間しました',
  ],
  [/^labels from the nearest row$/, 'ラベルは最も近い行から取ります'],
  [
    /^"(.*)" is (.+): taken by its position, though it may not be the same signal$/s,
    '「{1}」の名前が一致しません（{2}）。位置で対応させましたが、同じ信号でない可能性があります',
  ],
  [/^([\d,]+) rows? with a missing value \((.+)\) left out$/s, '欠損値のある {1} 行（{2}）を除きました'],
  [
    /^nothing is filled in, a recording is split there \(([\d,]+) recordings? in more than one part\)$/,
    '補完はせず、そこで記録を分けます（分かれた記録 {1} 本）',
  ],
  [
    /^records (.+) and (.+) have the same comment \("(.*)"\) and may be of one patient, but a split can part them$/s,
    '記録 {1} と {2} の注記が同じ（「{3}」）で同一患者の可能性がありますが、別々の側に分かれることがあります',
  ],
  [/^values are millivolts: (.+), as meta\.json says$/, '値はミリボルト（{1}、meta.json による）'],
  [
    /^values are the converter's own units: meta\.json has no adc_zero and adc_units_per_mV$/,
    '値は変換器の単位のまま（meta.json に adc_zero と adc_units_per_mV がない）',
  ],
  [
    /^([\d,]+) recordings? of ([\d,]+) \((.+) first\) with fewer than (\d+) windows in a row: not learnt from$/s,
    '連続する窓が {4} 未満の記録が {2} 本中 {1} 本（最初は {3}）：学習に使いません',
  ],
  [
    /^half of the windows lie in recordings of (\d+) windows or fewer: sequences of (\d+) instead of (\d+)$/,
    '窓の半数が {1} 窓以下の記録にあるため、系列の長さを {3} から {2} にします',
  ],
  [
    /^([\d,]+) recordings? of ([\d,]+) \((.+) first, ([\d,]+) steps?\) shorter than a window of (\d+): not used, ([\d,]+) steps? in all$/s,
    '窓（{5} ステップ）より短い記録が {2} 本中 {1} 本（最初は {3}、{4} ステップ）：使いません（計 {6} ステップ）',
  ],
  [
    /^class "(.*)" has the majority in no window, so it is never evaluated$/s,
    'クラス「{1}」が多数を占める窓がないため、評価されません',
  ],
  [
    /^([\d,]+) (?:rows?|steps?|windows?) of ([\d,]+) without a (?:label|class): learnt from, never evaluated$/,
    '{2} 件中 {1} 件にラベルなし：学習には使い、評価には使いません',
  ],
  [
    /^([\d,]+) (?:rows?|steps?) of ([\d,]+) without a label: where these outnumber every class, a window has none$/,
    '{2} 件中 {1} 件にラベルなし：ラベルなしがどのクラスより多い窓は、クラスなしとします',
  ],
  [
    /^([\d,]+) (?:windows?|events?) of ([\d,]+) without a class: left out of training and evaluation$/,
    '{2} 件中 {1} 件にクラスなし：学習と評価から除きます',
  ],
  [/^tables with one step a row: (.+)$/, '1 行に 1 ステップの表：{1}'],
  [/^raw samples \(\.i16\): (.+)$/, '生サンプル（.i16）：{1}'],
  [/^one series a line \(as UCR, sktime\): (.+)$/, '1 行に 1 系列（UCR、sktime など）：{1}'],
  [
    /^([\d,]+) (?:recordings?|items?), ([\d,]+) channels?, ([\d.e+-]+) steps? a second$/,
    '{1} 件、{2} チャンネル、毎秒 {3} ステップ',
  ],
  [/^([\d,]+) (?:recordings?|items?), ([\d,]+) channels?, no rate$/, '{1} 件、{2} チャンネル、周波数なし'],
  [/^(.+)(?:; )train ([\d,]+), test ([\d,]+)$/, '{1}、学習 {2} 件、評価 {3} 件'],
  [
    /^([\d,]+) missing values? inside ([\d,]+) of ([\d,]+) series \((.+) first\) filled by straight lines, at the ends with the nearest value$/s,
    '{3} 系列中 {2} 系列（最初は {4}）の途中の欠損値 {1} 個を直線補間しました（両端は最も近い値）',
  ],
  [
    /^([\d,]+) recordings? of ([\d,]+) shorter than ([\d,]+) steps? \((.+) has (\d+)\): filled at the end with the last value, ([\d,]+) steps? in all$/s,
    '{3} ステップより短い系列が {2} 本中 {1} 本（最短は {4} の {5} ステップ）：末尾を最後の値で埋めます（計 {6} ステップ）',
  ],
  [
    /^([\d,]+) recordings? of ([\d,]+) longer than --window \(the longest has (\d+) steps\): only the first ([\d,]+) steps? of each are used$/,
    '--window より長い系列が {2} 本中 {1} 本（最長 {3} ステップ）：先頭の {4} ステップだけを使います',
  ],
  [
    /^([\d,]+) events? of (.+) in ([\d,]+) of ([\d,]+) recordings?: a window of ([\d,]+) steps? each, beginning (\d+) before the event$/s,
    '{2} の事象 {1} 件（{4} 記録中 {3} 記録）：各事象の {6} ステップ前から {5} ステップの窓を取ります',
  ],
  [
    /^([\d,]+) events? of ([\d,]+) left out \((.+)\): each has a window that crosses the edge of a recording or a gap in it$/s,
    '事象 {2} 件中 {1} 件（{3}）を除きました：窓が記録の端か途切れにかかるため',
  ],
  [
    /^([\d,]+) events? of ([\d,]+) left out \((.+)\): each has a recording that is not read$/s,
    '事象 {2} 件中 {1} 件（{3}）を除きました：その記録を読み込んでいないため',
  ],
  [
    /^([\d,]+) events? of ([\d,]+) left out \((.+)\): each has the step and class of another one$/s,
    '事象 {2} 件中 {1} 件（{3}）を除きました：ステップとクラスが他の事象と同じため',
  ],
  [
    /^class "(.*)" has no event with a whole window, so there is no such class$/s,
    '完全な窓を取れる事象がクラス「{1}」にないため、このクラスはありません',
  ],
  [
    /^there are no classes to go by: (\d+) clusters are looked for$/,
    'クラスの情報がないため、{1} 個のクラスタを求めます',
  ],
  [/^class "(.*)" is absent from (.+)$/s, 'クラス「{1}」を含まない部分があります：{2}'],
  [/^(the .+) and from (the .+)$/, '{1}、{2}'],
  [/^the (training|validation|test) part of (\d+) of ([\d,]+) folds?$/, '{3} 分割中 {2} 分割の{1}部分'],

  // How to decide otherwise.
  [/^more groups$/, 'グループを増やす'],
  [/^a shorter --window$/, '--window を短くする'],
  [/^a longer --window$/, '--window を長くする'],
  [/^a shorter --window or --hop$/, '--window か --hop を短くする'],
  [/^shorter sequences, or a smaller --hop$/, '系列を短くするか、--hop を小さくする'],
  [/^use fewer --folds, or more groups that hold it$/, '--folds を減らすか、そのクラスを含むグループを増やす'],
  [/^leave --rate out to take it from the times$/, '--rate を省くと時刻から求める'],
  [/^--resample puts them on an even grid$/, '--resample で等間隔に直す'],
  [/^--series with names that all records have$/, '全記録に共通の名前を --series で指定する'],
  [
    /^the same "patient" for both in meta\.json, or --group file:PATTERN$/,
    'meta.json で両方に同じ "patient" を書くか、--group file:PATTERN を使う',
  ],

  // Treatment of channels.
  [/^spectrum of each window, (standardised over .+)$/, '各窓のスペクトル、{1}'],
  [/^standardised over each recording by itself$/, '記録ごとに標準化'],
  [/^standardised over all training recordings$/, '学習用の全記録で標準化'],
];

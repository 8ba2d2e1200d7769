/** Texts of the page of a sweep. */
export const sweepTexts = {
  brand: { en: 'Evenhand sweep', ja: 'Evenhand 設定探索' },
  documentTitle: {
    en: 'Evenhand sweep: settings of {method} against {baseline}',
    ja: 'Evenhand 設定探索：{method}の設定と{baseline}の比較',
  },
  footer: {
    en: 'Written by Evenhand {version} from the sweep’s file alone; every number of the file carries its address in sweep.json. The page loads nothing from any network.',
    ja: 'Evenhand {version} が探索結果のファイルだけから作成しました。ファイルの各数値には sweep.json 内の位置が付いています。ネットワークからは何も読み込みません。',
  },
  notGiven: { en: 'not measured', ja: '未測定' },
  usual: { en: '{name} at its usual settings', ja: '標準設定の{name}' },
  percent: { en: '{value} %', ja: '{value} %' },
  pair: { en: '{name} {value}', ja: '{name} {value}' },
  withInterval: { en: '{value} ({interval})', ja: '{value}（{interval}）' },
  or: { en: ' or ', ja: ' または ' },
  smaller: { en: 'smaller is better', ja: '小さいほど良い' },
  larger: { en: 'larger is better', ja: '大きいほど良い' },
} as const;

/** How wide the good region is, by the share of settings in it. */
export const widths = {
  wide: { sign: '✓', word: { en: 'Forgiving: most settings will do', ja: '寛容：ほとんどの設定で使える' } },
  middle: { sign: '≈', word: { en: 'Choose the settings with care', ja: '設定は慎重に選ぶ必要あり' } },
  narrow: { sign: '!', word: { en: 'Touchy: few settings will do', ja: '敏感：使える設定は少ない' } },
  none: { sign: '✕', word: { en: 'No good setting found', ja: '良い設定なし' } },
  halved: {
    sign: '–',
    word: {
      en: 'The best settings; how many would do was not measured',
      ja: '最良の設定を探索（使える設定の広さは未測定）',
    },
  },
  unknown: { sign: '–', word: { en: 'Cannot be told', ja: '判定不可' } },
} as const;

/** What is said first. */
export const headTexts = {
  all: {
    en: 'All {of} settings of {method} keep up with {baseline}',
    ja: '{method}の {of} 設定は、すべて{baseline}に見劣りしません',
  },
  some: {
    en: '{good} of {of} settings of {method} keep up with {baseline}',
    ja: '{method}の {of} 設定のうち {good} 設定が、{baseline}に見劣りしません',
  },
  one: {
    en: '{good} of {of} settings of {method} keeps up with {baseline}',
    ja: '{method}の {of} 設定のうち {good} 設定が、{baseline}に見劣りしません',
  },
  none: {
    en: 'None of {of} settings of {method} keeps up with {baseline}',
    ja: '{method}の {of} 設定に、{baseline}に見劣りしないものはありません',
  },
  unknown: {
    en: 'No setting of {method} can be judged against {baseline}',
    ja: '{method}のどの設定も、{baseline}との優劣を判定できません',
  },
  survivors: { en: '{method} that reached all steps', ja: '全ステップまで残った{method}' },
  meaning: {
    en: 'Keeping up means: on no criterion worse than {baseline} by more than what matters there ({limits}). All settings met the same folds and the same seeds.',
    ja: '「見劣りしない」とは、すべての判断基準で、{baseline}からの悪化が意味のある最小差（{limits}）以内であることです。どの設定も同じ分割、同じ乱数シードで比べています。',
  },
  short: { en: 'What it means', ja: '要点' },
  next: { en: 'What next', ja: '次の一手' },
  bestOfAll: {
    en: 'One setting is best on every criterion: {settings}.',
    ja: '1 つの設定が、すべての判断基準で最良です：{settings}。',
  },
  noneBestOfAll: {
    en: 'No one setting is best on every criterion: the map shows what is given up for what.',
    ja: 'すべての判断基準で最良となる設定はありません。何を得て何を失うかは、マップをご覧ください。',
  },
  moves: { en: '{Metric} moves on average {list}.', ja: '{metric}は平均して、{list}動きます。' },
  move: { en: 'by {range} with {name}', ja: '{name}により {range}' },
  noEffects: {
    en: 'The settings drawn differ too much to tell what each hyper-parameter moves; the map shows every one of them.',
    ja: '引いた設定の値がばらばらなため、各ハイパーパラメータの影響は計算できません。個々の設定はマップをご覧ください。',
  },
  early: {
    en: 'Halving stopped the weaker settings early. What is left is the better part, so the good region looks wider here than it is.',
    ja: '弱い設定は半減法で早めに打ち切りました。残りは良い方の設定なので、良い領域は実際より広く見えます。',
  },
  confirm: {
    en: 'Confirm before you adopt: the best of many looks better than it is. Run a pilot of at least 6 repeats with {candidate}.',
    ja: '採用の前に確認してください。多数から選んだ最良の結果は、実力より良く見えます。{candidate}を指定し、6 回以上の繰り返しでパイロットを実行してください。',
  },
  keep: {
    en: 'Keep {baseline}, or try other values.',
    ja: '{baseline}を使い続けるか、他の値を試してください。',
  },
  edge: {
    en: 'The best {metric} lies at the end of the values of {name} ({value}): try values beyond it.',
    ja: '{metric}が最良の設定は、{name}の値の端（{value}）にあります。その先の値も試してください。',
  },
  cards: { en: 'Best setting on each criterion', ja: '判断基準ごとの最良の設定' },
  card: { en: 'Best {metric}', ja: '{metric}の最良値' },
  cardInterval: { en: '95 % interval {interval}', ja: '95 % 信頼区間 {interval}' },
  cardNone: { en: 'No setting has a number.', ja: '数値のある設定がありません。' },
  cardBaseline: { en: '{baseline}: {value}', ja: '{baseline}：{value}' },
  cardNear: {
    en: 'Within {margin} of the best: {points} of {of} settings',
    ja: '{of} 設定中 {points} 設定が、最良値から {margin}以内',
  },
  statement: {
    en: 'Good or not is told by the numbers, not by their intervals. A sweep shows where to look; a pilot shows whether it holds.',
    ja: '良否は区間ではなく数値で判定しています。探索は見当をつけるもので、確かめるのはパイロットです。',
  },
} as const;

/** What a mark of a setting says, with a sign of its own so that colour is never alone. */
export const standings = {
  good: { sign: '✓', word: { en: 'keeps up on every criterion', ja: 'すべての判断基準で見劣りしない' } },
  poor: { sign: '✕', word: { en: 'falls short on a criterion', ja: '見劣りする判断基準がある' } },
  early: { sign: '…', word: { en: 'stopped early', ja: '途中で打ち切り' } },
  unknown: { sign: '?', word: { en: 'cannot be told: a number is missing', ja: '数値が欠けており判定不可' } },
} as const;

/** Texts of the map. */
export const mapTexts = {
  title: { en: 'The map', ja: 'マップ' },
  heatIntro: {
    en: 'One cell is one setting: its number, and its 95 % interval below. The darker, the better (in dark colours: the lighter).',
    ja: '1 つのマスが 1 つの設定です。数値の下は 95 % 信頼区間。色が濃いほど（暗い配色では明るいほど）良い値です。',
  },
  lineIntro: {
    en: 'One mark is one setting with its 95 % interval. The line across is {baseline}, the band its interval.',
    ja: '1 つの印が 1 つの設定で、縦線はその 95 % 信頼区間です。横線は{baseline}、帯はその区間です。',
  },
  scatterIntro: {
    en: 'One mark is one setting, shown once in every picture. Where the marks rise or fall from left to right, that hyper-parameter matters. The line across is {baseline}, the band its 95 % interval.',
    ja: '1 つの印が 1 つの設定で、どの図にも 1 回ずつ現れます。左から右へ印が上下していれば、そのハイパーパラメータは影響しています。横線は{baseline}、帯はその 95 % 信頼区間です。',
  },
  caption: {
    en: '{Metric}: {down} down, {across} across; {direction}.',
    ja: '{metric}：縦{down}、横{across}、{direction}。',
  },
  chart: { en: '{Metric} by {name}; {direction}.', ja: '{name}と{metric}の関係、{direction}。' },
  chartLabel: {
    en: '{Metric} of every setting against its {name}; the numbers stand in the table of all settings.',
    ja: '各設定の{name}と{metric}の図。数値は全設定の表にあります。',
  },
  shades: { en: 'from worst to best', ja: '最悪から最良まで' },
  best: { en: 'best of its criterion', ja: 'その判断基準で最良' },
  mean: { en: 'mean of all settings with this value', ja: 'この値を持つ全設定の平均' },
  after: { en: 'after {steps} steps', ja: '{steps} ステップ' },
  untried: { en: 'not tried', ja: '未試行' },
  logarithmic: { en: 'logarithmic scale', ja: '対数目盛' },
} as const;

/** Texts of what each hyper-parameter moves. */
export const effectTexts = {
  title: { en: 'What each hyper-parameter moves', ja: '各ハイパーパラメータの影響' },
  intro: {
    en: 'For each value of a hyper-parameter the mean of all settings with that value is taken; shown is how far the largest of these means lies above the smallest. A hyper-parameter that moves a criterion by more than the difference that matters has to be chosen.',
    ja: 'ハイパーパラメータの値ごとに、その値を持つ全設定の平均を求め、平均の最大値と最小値の差を示します。意味のある最小差を超えて判断基準を動かすハイパーパラメータは、選び方が重要です。',
  },
  caption: {
    en: 'How far each hyper-parameter moves each criterion.',
    ja: '各ハイパーパラメータが各判断基準を動かす幅。',
  },
  name: { en: 'Hyper-parameter', ja: 'ハイパーパラメータ' },
  margin: { en: 'matters from {margin}', ja: '意味のある最小差 {margin}' },
  matters: { sign: '▲', word: { en: 'matters', ja: '影響あり' } },
  little: { sign: '=', word: { en: 'too little to matter', ja: '影響は小さい' } },
  none: {
    en: 'Of a range hardly a value is drawn twice, so there is no mean over settings to tell its effect by; see the map.',
    ja: '範囲から引いた値はほとんど重ならず、値ごとの平均で影響を示すことができません。マップをご覧ください。',
  },
} as const;

/** Texts of the table of all settings. */
export const pointTexts = {
  title: { en: 'All settings', ja: '全設定' },
  caption: {
    en: 'Every setting with its numbers and 95 % intervals. {count} {reason}',
    ja: '全設定の数値と 95 % 信頼区間。{count}{reason}',
  },
  count: { en: 'Each number is of {count} trials.', ja: '各数値は {count} 試行によるものです。' },
  reason: { en: 'Unless a note says otherwise: {reason}.', ja: '注のない数値について：{reason}。' },
  number: { en: 'No.', ja: '番号' },
  steps: { en: 'Steps', ja: 'ステップ' },
  standing: { en: 'Against {baseline}', ja: '{baseline}との比較' },
  stopped: { en: 'stopped early, after {steps} of {all} steps', ja: '{all} ステップ中 {steps} ステップで打ち切り' },
} as const;

/** Texts of the design. */
export const designTexts = {
  title: { en: 'How it was done', ja: '実施方法' },
  intro: {
    en: 'All settings and {baseline} were trained on the same folds with the same seeds; the hash stands for everything that determines the numbers. The same command on the same machine gives the same numbers.',
    ja: 'すべての設定と{baseline}を、同じ分割と同じ乱数シードで学習しました。ハッシュ値は、数値を決めるすべての条件を表します。同じマシンで同じコマンドを実行すれば、同じ数値が得られます。',
  },
  method: { en: 'Method', ja: '手法' },
  baseline: { en: 'Baseline', ja: 'ベースライン' },
  strategy: { en: 'Choice of settings', ja: '設定の選び方' },
  tried: { en: 'Tried', ja: '試した値' },
  range: { en: '{name}: from {from} to {to}', ja: '{name}：{from} から {to} まで' },
  values: { en: '{name}: {values}', ja: '{name}：{values}' },
  criteria: { en: 'Criteria and the difference that matters', ja: '判断基準と意味のある最小差' },
  auditTitle: { en: 'Findings of the audit', ja: '点検結果' },
} as const;

export const strategies = {
  grid: { en: 'grid: every combination', ja: 'グリッド：すべての組み合わせ' },
  random: { en: 'random: settings drawn by chance', ja: 'ランダム：無作為に引いた設定' },
  halving: {
    en: 'successive halving: all settings shortly, then again and again the better half for twice as many steps',
    ja: '逐次半減法：まず全設定を短く学習し、良い方の半分を 2 倍のステップ数で学習することを繰り返す',
  },
} as const;

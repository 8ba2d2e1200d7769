/** Texts of "All methods" where the task is a representation. */
export const representTexts = {
  title: { en: 'All methods side by side', ja: '全手法の比較' },
  intro: {
    en: 'Beside A and B run rivals and controls on the same recordings, folds, seeds and steps. The controls tell what learning is worth at all: raw features and an untrained encoder below, an encoder trained with labels above.',
    ja: 'A と B のほかに、競合手法と対照を、同じ記録・同じ分割・同じ乱数シード・同じ学習ステップ数で実行しています。対照は学習の価値を測るためのもので、下限が生の特徴量と未学習エンコーダ、上限がラベルで学習したエンコーダです。',
  },
  caption: { en: '{What}, with 95 % intervals. {count}', ja: '{What}（各数値の下は 95 % 信頼区間）。{count}' },
  countTrials: { en: 'Each over {count} trials.', ja: 'いずれも {count} 試行に基づきます。' },
  smaller: { en: 'smaller is better', ja: '小さいほど良い' },
} as const;

/** The kinds of metrics, each a table of its own. */
export const metricGroups = {
  use: {
    title: { en: 'Use', ja: '有用性' },
    what: {
      en: 'Use: what simple classifiers make of the frozen embedding, in percent',
      ja: '有用性：固定した埋め込みから単純な分類器が得る結果（%）',
    },
  },
  clusters: {
    title: { en: 'Clusters found without labels', ja: 'ラベルなしで求めたクラスタ' },
    what: {
      en: 'How clearly k-means clusters stand apart, and how well they meet the true classes',
      ja: 'k-means クラスタの分離の良さと、正解クラスとの一致',
    },
  },
  classes: {
    title: { en: 'The true classes as clusters', ja: '正解クラスをクラスタとみなした場合' },
    what: { en: 'How clearly the true classes stand apart', ja: '正解クラスの分離の良さ' },
  },
  time: {
    title: { en: 'Clusters along time', ja: '時間に沿ったクラスタ' },
    what: {
      en: 'Bridge number and kappa-time: how faithfully the clusters follow time, without labels',
      ja: 'ブリッジ値と κ-time：クラスタがどれだけ時間の流れに沿うか（ラベル不要）',
    },
  },
  health: {
    title: { en: 'Health of the embedding', ja: '埋め込みの健全性' },
    what: { en: 'How much of its room the embedding uses', ja: '埋め込みが空間をどれだけ使っているか' },
  },
  transitions: {
    title: { en: 'Changes of the label', ja: 'ラベルの変化点' },
    what: {
      en: 'How the embedding moves where the label changes',
      ja: 'ラベルが変わる箇所での埋め込みの動き',
    },
  },
  other: { title: { en: 'Further metrics', ja: 'その他の指標' }, what: { en: 'Further metrics', ja: 'その他の指標' } },
} as const;

/** What the less common numbers mean, by group. */
export const metricTerms = {
  use: [
    {
      term: { en: 'Linear probe', ja: '線形プローブ' },
      is: {
        en: 'A plain linear classifier fitted on the embedding of the training recordings; the encoder itself is not touched.',
        ja: '学習用の記録の埋め込みに当てはめた、単純な線形分類器。エンコーダ自体は変えません。',
      },
    },
    {
      term: { en: 'Nearest neighbours', ja: '近傍法' },
      is: {
        en: 'Each window takes the class of the 5 training windows nearest to it.',
        ja: '各窓に、最も近い 5 つの学習窓のクラスを与えます。',
      },
    },
  ],
  clusters: [
    {
      term: { en: 'Silhouette', ja: 'シルエット係数' },
      is: {
        en: 'How much nearer a window lies to its own cluster than to the next: 1 is best, 0 means no clusters.',
        ja: '各窓が隣のクラスタより自分のクラスタにどれだけ近いか。1 が最良、0 はクラスタなし。',
      },
    },
    {
      term: { en: 'Davies-Bouldin', ja: 'Davies-Bouldin' },
      is: {
        en: 'Spread of the clusters over the distance between them: 0 is best.',
        ja: 'クラスタの広がりを、クラスタ間の距離で割ったもの。0 が最良。',
      },
    },
    {
      term: { en: 'Calinski-Harabasz', ja: 'Calinski-Harabasz' },
      is: {
        en: 'Scatter between the clusters over scatter within them: larger is better, with no upper end.',
        ja: 'クラスタ間とクラスタ内の散らばりの比。大きいほど良く、上限なし。',
      },
    },
    {
      term: { en: 'Rand, mutual information', ja: 'ランド・情報量' },
      is: {
        en: 'How well the clusters meet the true classes: 1 is a perfect match, 0 is chance.',
        ja: 'クラスタと正解クラスの一致。1 が完全一致、0 が偶然。',
      },
    },
  ],
  classes: [],
  time: [
    {
      term: { en: 'Kappa-time', ja: 'κ-time' },
      is: {
        en: 'How much more often neighbouring windows share a cluster than chance would have it: 1 is always, 0 is chance.',
        ja: '隣り合う窓が同じクラスタに入る頻度が偶然をどれだけ上回るか。1 は常に、0 は偶然。',
      },
    },
    {
      term: { en: 'Bridge number', ja: 'ブリッジ値' },
      is: {
        en: 'Kappa-time times how evenly the clusters are filled; a screen for use where there are no labels.',
        ja: 'κ-time に、クラスタの均等さを掛けたもの。ラベルがないときの有用性のふるい。',
      },
    },
  ],
  health: [
    {
      term: { en: 'Effective rank', ja: '実効ランク' },
      is: {
        en: 'How many directions the embedding really uses. A few only: it has collapsed.',
        ja: '埋め込みが実際に使う方向の数。ごく少数なら潰れています。',
      },
    },
    {
      term: { en: 'Largest direction', ja: '最大方向' },
      is: {
        en: 'Share of all variance that lies in one direction. Near 100 %: collapsed onto a line.',
        ja: '全分散のうち 1 方向に集まる割合。100 % に近ければ直線に潰れています。',
      },
    },
    {
      term: { en: 'Uniformity, alignment', ja: '一様性・整列性' },
      is: {
        en: 'Uniformity: how evenly the windows spread over the sphere. Alignment: how near neighbours in time stay.',
        ja: '一様性は窓が球面に均等に広がる度合い、整列性は時間的な隣どうしの近さ。',
      },
    },
  ],
  transitions: [
    {
      term: { en: 'Sharpness', ja: '鋭さ' },
      is: {
        en: 'Distance across a change of the label over distance within a stretch: 1 means no sign of the change.',
        ja: 'ラベルの変化をまたぐ距離と、区間内の距離の比。1 なら変化が現れていません。',
      },
    },
    {
      term: { en: 'Change points', ja: '変化点' },
      is: {
        en: 'Places where the embedding moves on, found without labels. Precision: how many of them are true changes; recall: how many true changes are found.',
        ja: '埋め込みが移り変わる箇所をラベルなしで検出します。適合率は検出のうち真の変化の割合、再現率は真の変化のうち検出した割合。',
      },
    },
  ],
  other: [],
} as const;

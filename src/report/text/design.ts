/** Texts of "How it was done". */
export const designTexts = {
  title: { en: 'How it was done', ja: '実施方法' },
  intro: {
    en: 'Everything that determines the numbers was fixed before training; the hash below stands for it. The same command on the same machine gives the same numbers.',
    ja: '数値を決めるすべての設定は、学習の前に固定しました。下のハッシュ値がその証しです。同じマシンで同じコマンドを実行すれば、同じ数値が得られます。',
  },
  command: { en: 'The command to repeat it', ja: '再実行のコマンド' },
  commandHint: { en: 'One click selects the whole line.', ja: 'クリックすると行全体が選択されます。' },
  designTitle: { en: 'Design', ja: '設計' },
  caption: { en: 'Design of the pilot.', ja: 'パイロットの設計。' },
  label: { en: 'Label', ja: 'ラベル' },
  group: { en: 'Groups', ja: 'グループ' },
  time: { en: 'Time column', ja: '時刻列' },
  byData: { en: 'as the data tell', ja: 'データに付属' },
  scheme: { en: 'Division', ja: '分割方法' },
  folds: { en: 'Folds', ja: '分割数' },
  repeats: { en: 'Repeats', ja: '繰り返し' },
  steps: { en: 'Training steps', ja: '学習ステップ' },
  batch: { en: 'Batch', ja: 'バッチ' },
  seed: { en: 'Seed', ja: '乱数シード' },
  criteria: { en: 'Criteria and margin', ja: '判断基準と最小差' },
  guards: { en: 'Guards and loss allowed', ja: '守る指標と許容する低下' },
  rule: { en: 'Operating point', ja: '動作点' },
  ruleIs: {
    en: 'A as it is used today (γ = 0); every other method at the γ that on validation data gives the best criterion within the guards.',
    ja: 'A は現状のまま（γ = 0）。他の手法は、検証データで守る指標の範囲内かつ判断基準が最良となる γ。',
  },
  unit: { en: 'Unit of the intervals', ja: '区間の単位' },
  groupUnit: { en: 'group', ja: 'グループ' },
  statement: { en: 'What the intervals speak about', ja: '区間が意味する範囲' },
  limit: { en: '{metric}: {value}', ja: '{metric}：{value}' },
  hash: { en: 'Hash of the design', ja: '設計のハッシュ値' },
  digest: { en: 'Digest of the data', ja: 'データのダイジェスト' },
  software: { en: 'Software', ja: 'ソフトウェア' },
  started: { en: 'Started', ja: '開始' },
  took: { en: 'Took', ja: '所要時間' },
  tookIs: { en: '{seconds} seconds with {workers} workers', ja: '{seconds} 秒（ワーカー {workers} 個）' },
  settingsTitle: { en: 'Settings and cost of each method', ja: '各手法の設定とコスト' },
  settingsCaption: { en: 'Settings and cost of each method.', ja: '各手法の設定とコスト。' },
  settings: { en: 'Settings of its own', ja: '固有の設定' },
  common: { en: 'Common to all methods: {settings}.', ja: '全手法に共通：{settings}。' },
  perStep: { en: 'Milliseconds a step', ja: '1 ステップ（ミリ秒）' },
  inference: { en: 'Microseconds an answer', ja: '1 回の判定（マイクロ秒）' },
  bytes: { en: 'Model, bytes', ja: 'モデル（バイト）' },
  notMeasured: { en: 'not measured', ja: '未測定' },
  shared: { en: 'Shared by all methods', ja: '全手法に共通の設定' },
  thresholdsTitle: { en: 'How the threshold was settled', ja: 'しきい値の決め方' },
  thresholdsCaption: {
    en: 'Neighbours less similar than the threshold are taken for a change and pushed apart.',
    ja: '類似度がしきい値を下回る隣どうしは、変化とみなして引き離します。',
  },
  threshold: { en: 'Threshold', ja: 'しきい値' },
  trials: { en: 'Trials', ja: '試行数' },
  because: { en: 'Why', ja: '理由' },
  papers: { en: 'Papers behind the methods', ja: '参考文献' },
} as const;

/** How rows are divided into folds. */
export const schemes = {
  stratified: {
    en: 'stratified: every fold has its share of every class',
    ja: '層化：各分割に全クラスを比率どおり配分',
  },
  grouped: {
    en: 'grouped: a group never stands on both sides',
    ja: 'グループ別：同じグループは学習と評価に分かれない',
  },
  'forward-in-time': {
    en: 'forward in time: training lies before evaluation',
    ja: '時間順：学習データは評価データより前',
  },
  given: {
    en: 'as the data come: training and test as given, each repeat with new seeds',
    ja: 'データに付属の分割：学習と評価は指定どおり、反復ごとに乱数を変更',
  },
} as const;

/** Papers by the methods they belong to; `*` belongs to every report, `*classify` and `*represent` to those of the task. */
export const papers: readonly { readonly method: string; readonly text: string; readonly link?: string }[] = [
  {
    method: 'allnc',
    text: 'Zhang, Li, Geng, Chen (2024). All-around Neural Collapse for Imbalanced Classification.',
    link: 'https://arxiv.org/abs/2408.07253',
  },
  {
    method: 'class-weighted',
    text: 'Cui, Jia, Lin, Song, Belongie (2019). Class-Balanced Loss Based on Effective Number of Samples. CVPR.',
    link: 'https://arxiv.org/abs/1901.05555',
  },
  {
    method: 'focal',
    text: 'Lin, Goyal, Girshick, He, Dollár (2017). Focal Loss for Dense Object Detection. ICCV.',
    link: 'https://arxiv.org/abs/1708.02002',
  },
  {
    method: 'balanced-softmax',
    text: 'Ren, Yu, Sheng, Ma, Zhao, Yi, Li (2020). Balanced Meta-Softmax for Long-Tailed Visual Recognition. NeurIPS.',
    link: 'https://arxiv.org/abs/2007.10740',
  },
  {
    method: 'logit-adjustment',
    text: 'Menon, Jayasumana, Rawat, Jain, Veit, Kumar (2021). Long-Tail Learning via Logit Adjustment. ICLR.',
    link: 'https://arxiv.org/abs/2007.07314',
  },
  {
    method: 'ldam-drw',
    text: 'Cao, Wei, Gaidon, Arechiga, Ma (2019). Learning Imbalanced Datasets with Label-Distribution-Aware Margin Loss. NeurIPS.',
    link: 'https://arxiv.org/abs/1906.07413',
  },
  ...['crt', 'tau-norm'].map((method) => ({
    method,
    text: 'Kang, Xie, Rohrbach, Yan, Gordo, Feng, Kalantidis (2020). Decoupling Representation and Classifier for Long-Tailed Recognition. ICLR.',
    link: 'https://arxiv.org/abs/1910.09217',
  })),
  {
    method: 'supcon-balanced',
    text: 'Zhu, Wang, Chen, Chen, Jiang (2022). Balanced Contrastive Learning for Long-Tailed Visual Recognition. CVPR.',
    link: 'https://arxiv.org/abs/2207.09052',
  },
  {
    method: 'mixup',
    text: 'Zhang, Cisse, Dauphin, Lopez-Paz (2018). mixup: Beyond Empirical Risk Minimization. ICLR.',
    link: 'https://arxiv.org/abs/1710.09412',
  },
  {
    method: 'emargin',
    text: 'Shamba, Bach, Taylor (2025). eMargin: Revisiting Contrastive Learning with Margin-Based Separation.',
    link: 'https://arxiv.org/abs/2507.14828',
  },
  {
    method: 'info-nce',
    text: 'van den Oord, Li, Vinyals (2018). Representation Learning with Contrastive Predictive Coding.',
    link: 'https://arxiv.org/abs/1807.03748',
  },
  {
    method: 'nt-xent',
    text: 'Chen, Kornblith, Norouzi, Hinton (2020). A Simple Framework for Contrastive Learning of Visual Representations. ICML.',
    link: 'https://arxiv.org/abs/2002.05709',
  },
  {
    method: 'soft-assignment',
    text: 'Lee, Park, Lee (2024). Soft Contrastive Learning for Time Series. ICLR.',
    link: 'https://arxiv.org/abs/2312.16424',
  },
  {
    method: 'fixed-margin',
    text: 'Hadsell, Chopra, LeCun (2006). Dimensionality Reduction by Learning an Invariant Mapping. CVPR.',
  },
  {
    method: 'triplet',
    text: 'Schroff, Kalenichenko, Philbin (2015). FaceNet: A Unified Embedding for Face Recognition and Clustering. CVPR.',
    link: 'https://arxiv.org/abs/1503.03832',
  },
  {
    method: 'barlow-twins',
    text: 'Zbontar, Jing, Misra, LeCun, Deny (2021). Barlow Twins: Self-Supervised Learning via Redundancy Reduction. ICML.',
    link: 'https://arxiv.org/abs/2103.03230',
  },
  {
    method: 'vicreg',
    text: 'Bardes, Ponce, LeCun (2022). VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning. ICLR.',
    link: 'https://arxiv.org/abs/2105.04906',
  },
  {
    method: 'hierarchical',
    text: 'Yue et al. (2022). TS2Vec: Towards Universal Representation of Time Series. AAAI.',
    link: 'https://arxiv.org/abs/2106.10466',
  },
  {
    method: 'minirocket',
    text: 'Dempster, Schmidt, Webb (2021). MiniRocket: A Very Fast (Almost) Deterministic Transform for Time Series Classification. KDD.',
    link: 'https://arxiv.org/abs/2012.08791',
  },
  {
    method: '*represent',
    text: 'Rousseeuw (1987). Silhouettes: A Graphical Aid to the Interpretation and Validation of Cluster Analysis. Journal of Computational and Applied Mathematics.',
  },
  {
    method: '*represent',
    text: 'Davies, Bouldin (1979). A Cluster Separation Measure. IEEE Transactions on Pattern Analysis and Machine Intelligence.',
  },
  {
    method: '*represent',
    text: 'Wang, Isola (2020). Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere. ICML.',
    link: 'https://arxiv.org/abs/2005.10242',
  },
  {
    method: '*represent',
    text: 'Garrido, Balestriero, Najman, LeCun (2023). RankMe: Assessing the Downstream Performance of Pretrained Self-Supervised Representations by Their Rank. ICML.',
    link: 'https://arxiv.org/abs/2210.02885',
  },
  {
    method: '*represent',
    text: 'Nadeau, Bengio (2003). Inference for the Generalization Error. Machine Learning.',
  },
  {
    method: '*classify',
    text: 'Papyan, Han, Donoho (2020). Prevalence of Neural Collapse during the Terminal Phase of Deep Learning Training. PNAS.',
    link: 'https://arxiv.org/abs/2008.08186',
  },
  {
    method: '*classify',
    text: 'Fang, He, Long, Su (2021). Exploring Deep Neural Networks via Layer-Peeled Model: Minority Collapse in Imbalanced Training. PNAS.',
    link: 'https://arxiv.org/abs/2101.12699',
  },
  {
    method: '*',
    text: 'Clopper, Pearson (1934). The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial. Biometrika.',
  },
  {
    method: '*',
    text: 'Zou, Donner (2008). Construction of Confidence Limits about Effect Measures: A General Approach. Statistics in Medicine.',
  },
  {
    method: '*',
    text: 'Holm (1979). A Simple Sequentially Rejective Multiple Test Procedure. Scandinavian Journal of Statistics.',
  },
];

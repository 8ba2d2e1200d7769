/** Texts of "All methods". */
export const armTexts = {
  title: { en: 'All methods side by side', ja: '全手法の比較' },
  intro: {
    en: 'Beside A and B run the simple methods that a careful team would try first, on the same data, folds, seeds and steps. If one of them does as well as B, it is enough.',
    ja: 'A と B のほかに、まず試すべき単純な手法も、同じデータ・同じ分割・同じ乱数シード・同じ学習ステップ数で実行しています。そのどれかが B と同等なら、それで十分です。',
  },
  introAlone: {
    en: 'A and B alone, on the same data, folds, seeds and steps: no simple reference was asked for, so whether one would do as well as B is not known.',
    ja: 'A と B だけを、同じデータ・同じ分割・同じ乱数シード・同じ学習ステップ数で実行しています。単純な比較手法は指定されていないため、それで十分かどうかは分かりません。',
  },
  frontierCaption: {
    en: '{Y} against {x}: each method’s curve over its decision constant γ, and the point at which it is judged. Up and to the right is better.',
    ja: '{x}と{y}の関係：各手法の決定定数 γ を変えたときの曲線と、評価に用いた動作点。右上ほど良い。',
  },
  frontierCaptionGuard: {
    en: '{Y} against {x}: each method’s curve over its decision constant γ, and the point at which it is judged. Up and to the right is better; in the shaded part on the left {x} has fallen further than the guard allows.',
    ja: '{x}と{y}の関係：各手法の決定定数 γ を変えたときの曲線と、評価に用いた動作点。右上ほど良い。左の網掛け部分では、{x}が許容範囲を超えて低下しています。',
  },
  frontierLabel: {
    en: 'Chart: {y} against {x} for every method, with its curve over gamma and its operating point. The tables have the numbers.',
    ja: '図：全手法の{x}と{y}、γ による曲線と動作点。数値は表にあります。',
  },
  tableCaption: {
    en: 'Every method at its operating point, in percent; 95 % intervals below each number; difference to A in points. {count}',
    ja: '各手法の動作点での値（%）。各数値の下は 95 % 信頼区間。A との差はポイント。{count}',
  },
  zeroCaption: {
    en: 'The same at γ = 0, that is without moving the decision: what training alone does. {count}',
    ja: 'γ = 0 での値（判定の境界を動かさない場合）：学習だけの効果。{count}',
  },
  countItems: { en: 'Each over {count} items.', ja: 'いずれも {count} 件の評価に基づきます。' },
  countGroups: { en: 'Each over {count} groups.', ja: 'いずれも {count} グループの評価に基づきます。' },
  countItemsBut: {
    en: 'Each over {count} items unless n says otherwise.',
    ja: 'n の記載がない限り {count} 件の評価に基づきます。',
  },
  countGroupsBut: {
    en: 'Each over {count} groups unless n says otherwise.',
    ja: 'n の記載がない限り {count} グループの評価に基づきます。',
  },
  otherCaption: { en: 'Further metrics at the operating point.', ja: 'その他の指標（動作点での値）。' },
  differenceTo: { en: '{Metric}, minus A', ja: '{Metric}の A との差' },
  gamma: { en: 'γ (mean)', ja: 'γ（平均）' },
  gammaAsIs: { en: 'as it is', ja: '現状のまま' },
  seconds: { en: 'Training, seconds a trial (median)', ja: '学習時間（秒／試行、中央値）' },
  isBaseline: { en: 'is A', ja: 'A 自身' },
  gammaHint: {
    en: 'γ is the decision constant: the class with the largest score + γ · log(share of the class) is chosen. A stands as it is used today (γ = 0). For every other method γ was chosen on validation data within the guards, so that none wins by its threshold alone.',
    ja: 'γ は決定定数です。「スコア + γ × log（クラスの割合）」が最大のクラスを選びます。A は現状のまま（γ = 0）。他の手法の γ は、守る指標の範囲内で検証データを使って選びました。しきい値だけで勝つ手法が出ないようにするためです。',
  },
} as const;

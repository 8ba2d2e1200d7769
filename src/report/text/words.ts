/** Short words used all over the page. */
export const words = {
  to: { en: ' to ', ja: '〜' },
  comma: { en: ', ', ja: '、' },
  colon: { en: ': ', ja: '：' },
  language: { en: 'Language', ja: '言語' },
  contents: { en: 'Contents', ja: '目次' },
  skip: { en: 'Skip to the report', ja: '本文へ移動' },
  noNumber: { en: 'no number can be given', ja: '数値なし' },
  noInterval: { en: 'no interval can be given', ja: '区間なし' },
  notes: { en: 'Notes', ja: '注' },
  class: { en: 'Class', ja: 'クラス' },
  method: { en: 'Method', ja: '手法' },
  metric: { en: 'Metric', ja: '指標' },
  role: { en: 'Role', ja: '役割' },
  interval: { en: '95 % interval', ja: '95 % 信頼区間' },
  difference: { en: 'Difference', ja: '差' },
  points: { en: 'points', ja: 'ポイント' },
  inWords: { en: 'In words', ja: '判定' },
  items: { en: 'items', ja: '件' },
  groups: { en: 'groups', ja: 'グループ' },
  yes: { en: 'yes', ja: 'はい' },
  no: { en: 'no', ja: 'いいえ' },
  none: { en: 'none', ja: 'なし' },
  unlessMarked: { en: 'Unless a note says otherwise: {reason}.', ja: '注のない数値について：{reason}。' },
  countItems: { en: 'n = {count} items', ja: 'n = {count} 件' },
  countGroups: { en: 'n = {count} groups', ja: 'n = {count} グループ' },
  scrollable: { en: '{what}, scrolls sideways', ja: '{what}（横にスクロール）' },
} as const;

/** Roles of the arms. */
export const roles = {
  baseline: { en: 'A, today’s method', ja: 'A：現行手法' },
  candidate: { en: 'B, candidate', ja: 'B：候補手法' },
  reference: { en: 'simple reference', ja: '比較用の単純な手法' },
} as const;

/** States of a comparison, each with a sign of its own, so that colour is never alone. */
export const states = {
  better: { sign: '▲', word: { en: 'better', ja: '良い' } },
  worse: { sign: '▼', word: { en: 'worse', ja: '悪い' } },
  equivalent: { sign: '=', word: { en: 'equivalent', ja: '同等' } },
  undecided: { sign: '?', word: { en: 'undecided', ja: '未確定' } },
  unmeasurable: {
    sign: '∅',
    word: { en: 'not measurable: needs {more} more', ja: '測定不可：あと {more} 件必要' },
  },
  unmeasurableGroups: {
    sign: '∅',
    word: { en: 'not measurable: needs {more} more groups', ja: '測定不可：あと {more} グループ必要' },
  },
  kept: { sign: '✓', word: { en: 'kept', ja: '許容範囲内' } },
  broken: { sign: '✕', word: { en: 'broken', ja: '許容範囲を超過' } },
  open: { sign: '?', word: { en: 'not broken, not certain', ja: '超過なし（確実ではない）' } },
  absent: { sign: '–', word: { en: 'not compared', ja: '比較なし' } },
} as const;

/** What the audit did about a finding. */
export const severities = {
  info: { sign: 'i', word: { en: 'for information', ja: '情報' } },
  warning: { sign: '!', word: { en: 'warning', ja: '注意' } },
  excluded: { sign: '⊘', word: { en: 'left out', ja: '除外' } },
  stop: { sign: '■', word: { en: 'stops the run', ja: '実行を停止' } },
} as const;

/** Kinds and roles of columns. */
export const columnWords = {
  number: { en: 'number', ja: '数値' },
  category: { en: 'category', ja: 'カテゴリ' },
  date: { en: 'date', ja: '日時' },
  input: { en: 'input', ja: '入力' },
  label: { en: 'label', ja: 'ラベル' },
  group: { en: 'group', ja: 'グループ' },
  time: { en: 'time', ja: '時刻' },
  ignored: { en: 'ignored', ja: '使わない（指定）' },
  excluded: { en: 'left out', ja: '除外' },
} as const;

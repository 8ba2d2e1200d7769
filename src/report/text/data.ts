/** Texts of "Data and audit". */
export const dataTexts = {
  title: { en: 'Data and audit', ja: 'データと点検' },
  intro: {
    en: '{file}: {rows} rows, of which {labelled} have a label; {inputs} input columns.',
    ja: '{file}：{rows} 行、うちラベルあり {labelled} 行、入力列 {inputs} 列。',
  },
  classesCaption: { en: 'Classes and their items.', ja: 'クラスと件数。' },
  items: { en: 'Items', ja: '件数' },
  auditCaption: {
    en: 'What the audit found before training, what was done, and how to decide otherwise.',
    ja: '学習前の点検で見つかったこと、その扱い、変更する方法。',
  },
  auditTitle: { en: 'Findings of the audit', ja: '点検結果' },
  nothing: { en: 'The audit found nothing to report.', ja: '点検で報告すべき事項はありませんでした。' },
  what: { en: 'What', ja: '内容' },
  where: { en: 'Column', ja: '列' },
  done: { en: 'What was done', ja: '扱い' },
  override: { en: 'To decide otherwise', ja: '変更する方法' },
  columnsTitle: { en: 'Columns', ja: '列の扱い' },
  columnsCaption: { en: 'Every column of the file and its treatment.', ja: 'ファイルの全列とその扱い。' },
  kind: { en: 'Kind', ja: '種類' },
  treatment: { en: 'Treatment', ja: '処理' },
  missing: { en: 'Missing', ja: '欠損' },
} as const;

/** Kinds of findings in words; an unknown kind is shown as it stands. */
export const findingKinds: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  'label-leak': { en: 'Tells the label', ja: 'ラベルを示す列' },
  identifier: { en: 'Identifier', ja: '識別子' },
  constant: { en: 'One value only', ja: '値が 1 種類' },
  'all-missing': { en: 'No value at all', ja: '値なし' },
  missing: { en: 'Missing values', ja: '欠損値' },
  'missing-label': { en: 'Rows without a label', ja: 'ラベルのない行' },
  'multi-label': { en: 'Several labels in one row', ja: '1 行に複数のラベル' },
  'empty-class': { en: 'Class without rows', ja: '該当行のないクラス' },
  'tiny-class': { en: 'Class too small to measure', ja: '測定できない少数クラス' },
  'duplicate-rows': { en: 'Duplicated rows', ja: '重複行' },
  'high-cardinality': { en: 'Many levels', ja: '水準が多い列' },
  'number-like-text': { en: 'Numbers as text', ja: '文字列の数値' },
  date: { en: 'Dates', ja: '日時の列' },
  'class-missing-in-fold': { en: 'Class missing in a fold', ja: '分割に含まれないクラス' },
};

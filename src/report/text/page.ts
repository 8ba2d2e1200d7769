/** Texts around the sections. */
export const pageTexts = {
  brand: { en: 'Evenhand report', ja: 'Evenhand レポート' },
  titleEn: 'English',
  titleJa: '日本語',
  documentTitle: {
    en: 'Evenhand: {candidate} against {baseline} on {file}',
    ja: 'Evenhand：{file} における {candidate} と{baseline}の比較',
  },
  footer: {
    en: 'Written by Evenhand {version} from the result file alone; every number on this page carries its address in result.json. The page loads nothing from any network.',
    ja: 'Evenhand {version} が結果ファイルだけから作成しました。ページ上の各数値には result.json 内の位置が付いています。ネットワークからは何も読み込みません。',
  },
} as const;

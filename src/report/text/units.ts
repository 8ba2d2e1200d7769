import type { Result } from '../../pilot/result.ts';
import type { Entry } from '../language.ts';

/** What one item is, by the kind of the data. */
export const units = {
  row: { en: 'row', ja: '行' },
  window: { en: 'window', ja: '窓' },
  picture: { en: 'picture', ja: '画像' },
} as const;

/** The same, of several. */
export const manyUnits = {
  row: { en: 'rows', ja: '行' },
  window: { en: 'windows', ja: '窓' },
  picture: { en: 'pictures', ja: '画像' },
} as const satisfies Record<keyof typeof units, Entry>;

/** So many of them. */
export const counted = {
  row: { en: '{count} rows', ja: '{count} 行' },
  window: { en: '{count} windows', ja: '{count} 窓' },
  picture: { en: '{count} pictures', ja: '画像 {count} 枚' },
} as const satisfies Record<keyof typeof units, Entry>;

export function unitIn({ series, pictures }: Result['data']): keyof typeof units {
  if (pictures) return 'picture';
  return series ? 'window' : 'row';
}

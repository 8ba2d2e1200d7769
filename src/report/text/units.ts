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

export function unitIn({ series, pictures }: Result['data']): keyof typeof units {
  if (pictures) return 'picture';
  return series ? 'window' : 'row';
}

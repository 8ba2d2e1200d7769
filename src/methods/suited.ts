/** What a classifier looks at. */
export type ItemKind = 'table' | 'series' | 'pictures';

/**
 * The method's text with the form that was best for that kind of items, where the text names none. AllNC on pictures: HyCon
 * of the form `predictive`, weight 0.5, for plain attraction squeezes the class means of pictures together, and no P2P, whose
 * pull on them costs more than it gives there (docs/longtail.md has the figures and how it was chosen). A `form` or a preset
 * that is named says otherwise.
 */
export function suited(text: string, kind: ItemKind): string {
  const [name, ...settings] = text.split(':').map((part) => part.trim());
  const named = new Map(settings.map((setting) => setting.split('=').map((part) => part.trim()) as [string, string]));
  if (kind !== 'pictures' || name !== 'allnc') return text;
  if (named.has('form') || named.has('preset') || Number(named.get('hycon')) === 0) return text;
  const more = { form: 'predictive', hycon: '0.5', p2p: '0' };
  return [text, ...Object.entries(more).flatMap(([key, value]) => (named.has(key) ? [] : [`${key}=${value}`]))].join(
    ':',
  );
}

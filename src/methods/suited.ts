/** What a classifier looks at. */
export type ItemKind = 'table' | 'series' | 'pictures';

/**
 * The method's text with the form that was best for that kind of items, where the text names none. AllNC on pictures: HyCon
 * of the form `predictive`, weight 0.5, for plain attraction squeezes the class means of pictures together (docs/longtail.md
 * has the figures and how it was chosen). `form=plain`, `form=predictive` or a preset says otherwise.
 */
export function suited(text: string, kind: ItemKind): string {
  const [name, ...settings] = text.split(':').map((part) => part.trim());
  const named = new Map(settings.map((setting) => setting.split('=').map((part) => part.trim()) as [string, string]));
  if (kind !== 'pictures' || name !== 'allnc') return text;
  if (named.has('form') || named.has('preset') || Number(named.get('hycon')) === 0) return text;
  return [text, 'form=predictive', ...(named.has('hycon') ? [] : ['hycon=0.5'])].join(':');
}

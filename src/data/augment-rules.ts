import { InputError, nearest } from '../array/errors.ts';

/** What a setting may be: a number (from 0, without end, unless told otherwise) or one of some words. `name`: its key. */
export type AugmentRule<K extends string> =
  | { readonly name: K; readonly least?: number; readonly most?: number; readonly whole?: true }
  | { readonly name: K; readonly words: readonly string[] };

/** What `--augment` may say for one kind of items. */
export interface AugmentRules<K extends string> {
  /** As in "no setting of pictures". */
  readonly of: string;
  readonly example: string;
  /** By the name that is written. */
  readonly settings: Readonly<Record<string, AugmentRule<K>>>;
}

/**
 * Reads `shift=4,fill=zero`.
 * @throws InputError naming `--augment`: an unknown or doubled name, a value out of range
 */
export function parseAugmentRules<K extends string>(
  text: string,
  { of, example, settings }: AugmentRules<K>,
): Partial<Record<K, number | string>> {
  const read: Partial<Record<K, number | string>> = {};
  for (const part of text.split(',')) {
    const [, wanted, value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (wanted === undefined) throw new InputError(`--augment: "${part.trim()}" is no setting; write ${example}`);
    const names = Object.keys(settings);
    if (!names.includes(wanted)) {
      const guess = nearest(wanted, names);
      throw new InputError(
        `--augment: "${wanted}" is no setting of ${of}; there are ${names.join(', ')}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`,
      );
    }
    const rule = settings[wanted];
    if (read[rule.name] !== undefined) throw new InputError(`--augment: "${wanted}" stands twice; give it once`);
    read[rule.name] = settingValue(wanted, rule, value);
  }
  return read;
}

function settingValue(name: string, rule: AugmentRule<string>, text: string): number | string {
  const refused = (needed: string) => new InputError(`--augment ${name}=${text}: ${needed} is needed`);
  if ('words' in rule) {
    if (rule.words.includes(text)) return text;
    throw refused(rule.words.join(' or '));
  }
  const { least = 0, most = Number.POSITIVE_INFINITY, whole } = rule;
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw refused(
    `a ${whole ? 'whole ' : ''}number ${most === Number.POSITIVE_INFINITY ? `>= ${least}` : `from ${least} to ${most}`}`,
  );
}

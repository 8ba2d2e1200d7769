import { InputError, nearest } from '../array/errors.ts';

export type Setting = number | string;
export type Settings = Readonly<Record<string, Setting>>;

/** What a setting may be: a range of numbers, a list of words, or text of a form of its own. */
export type SettingRule =
  | { readonly default: number; readonly min: number; readonly max: number; readonly about: string }
  | { readonly default: string; readonly words: readonly string[]; readonly about: string }
  | {
      readonly default: string;
      /** What it must be, in words. */
      readonly must: string;
      readonly fits: (text: string) => boolean;
      readonly about: string;
    };

/** Named bundles of settings by method: `allnc:preset=geometry`. */
export type Presets = Readonly<Record<string, Readonly<Record<string, Settings>>>>;

/** Anything with a name and settings: methods of both kinds. */
export interface Configurable {
  readonly name: string;
  readonly settings: Readonly<Record<string, SettingRule>>;
}

/** One of a list with its settings, as named on the command line. */
export interface Configured<M> {
  /** The text that names it everywhere: the method, then the settings that differ from the defaults. */
  readonly name: string;
  readonly method: M;
  readonly settings: Settings;
}

/**
 * Reads `name` or `name:setting=value:...`.
 * @throws InputError naming the method, the setting and what is allowed
 */
export function readSpec<M extends Configurable>(
  text: string,
  list: readonly M[],
  presets: Presets = {},
): Configured<M> {
  const [name, ...pairs] = text.split(':').map((part) => part.trim());
  const method = list.find((m) => m.name === name);
  if (!method) {
    const names = list.map((m) => m.name);
    const near = nearest(name, names);
    throw new InputError(
      `method "${name}" is not known; there are: ${names.join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`,
    );
  }
  const chosen: Record<string, Setting> = {};
  for (const pair of pairs) {
    const [key, value, ...rest] = pair.split('=').map((part) => part.trim());
    if (!key || value === undefined || value === '' || rest.length > 0)
      throw new InputError(`method "${text}": "${pair}" is not of the form setting=value`);
    const preset = key === 'preset' ? presets[name]?.[value] : undefined;
    if (preset) Object.assign(chosen, preset);
    else chosen[key] = readSetting(method, key, value, presets[name] !== undefined);
  }
  const defaults = Object.fromEntries(Object.entries(method.settings).map(([key, rule]) => [key, rule.default]));
  const settings = { ...defaults, ...chosen };
  const differing = Object.keys(defaults).filter((key) => settings[key] !== defaults[key]);
  const suffix = differing.map((key) => `:${key}=${settings[key]}`).join('');
  return { name: name + suffix, method, settings };
}

function readSetting(method: Configurable, key: string, value: string, hasPresets: boolean): Setting {
  const rule: SettingRule | undefined = method.settings[key];
  if (!rule) {
    const keys = [...Object.keys(method.settings), ...(hasPresets ? ['preset'] : [])];
    const near = nearest(key, keys);
    throw new InputError(
      `method "${method.name}" has no setting "${key}" with the value "${value}"; ` +
        (keys.length > 0 ? `it has: ${keys.join(', ')}` : 'it has none') +
        (near ? ` (did you mean "${near}"?)` : ''),
    );
  }
  if ('words' in rule) {
    if (!rule.words.includes(value))
      throw new InputError(`method "${method.name}": ${key} must be one of ${rule.words.join(', ')}, got "${value}"`);
    return value;
  }
  if ('fits' in rule) {
    if (!rule.fits(value)) throw new InputError(`method "${method.name}": ${key} must be ${rule.must}, got "${value}"`);
    return value;
  }
  const number = Number(value);
  if (!(number >= rule.min && number <= rule.max))
    throw new InputError(`method "${method.name}": ${key} must be ${rule.min} to ${rule.max}, got "${value}"`);
  return number;
}

import { InputError, nearest } from '../array/errors.ts';
import { methods } from './list.ts';
import type { Method, Setting, SettingRule, Settings } from './method.ts';

/** A method with its settings, as named on the command line: `allnc`, `allnc:hycon=0:floor=1`. */
export interface MethodSpec {
  /** The text that names this arm everywhere: the method, then the settings that differ from the defaults. */
  readonly name: string;
  readonly method: Method;
  readonly settings: Settings;
  /** What the training depends on: specs with the same text share one training. */
  readonly training: string;
}

/** Named bundles of settings: `allnc:preset=geometry`. */
const PRESETS: Readonly<Record<string, Readonly<Record<string, Settings>>>> = {
  allnc: { geometry: { floor: 0.25, kind: 'blur', p2p: 0.3 } },
};

/**
 * Reads `name` or `name:setting=value:...`.
 * @throws InputError naming the method, the setting and what is allowed
 */
export function parseMethod(text: string): MethodSpec {
  const [name, ...pairs] = text.trim().split(':');
  const method = methods.find((m) => m.name === name);
  if (!method) {
    const names = methods.map((m) => m.name);
    const near = nearest(name, names);
    throw new InputError(
      `method "${name}" is not known; there are: ${names.join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`,
    );
  }
  const chosen: Record<string, Setting> = {};
  for (const pair of pairs) {
    const [key, value, ...rest] = pair.split('=');
    if (!key || value === undefined || value === '' || rest.length > 0)
      throw new InputError(`method "${text}": "${pair}" is not of the form setting=value`);
    const preset = key === 'preset' ? PRESETS[name]?.[value] : undefined;
    if (preset) Object.assign(chosen, preset);
    else chosen[key] = readSetting(method, key, value);
  }
  const defaults = Object.fromEntries(Object.entries(method.settings).map(([key, rule]) => [key, rule.default]));
  const settings = { ...defaults, ...chosen };
  const differing = Object.keys(defaults).filter((key) => settings[key] !== defaults[key]);
  const suffix = differing.map((key) => `:${key}=${settings[key]}`).join('');
  return { name: name + suffix, method, settings, training: method.trainsAs ?? name + suffix };
}

function readSetting(method: Method, key: string, value: string): Setting {
  const rule: SettingRule | undefined = method.settings[key];
  if (!rule) {
    const keys = [...Object.keys(method.settings), ...(PRESETS[method.name] ? ['preset'] : [])];
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
  const number = Number(value);
  if (!(number >= rule.min && number <= rule.max))
    throw new InputError(`method "${method.name}": ${key} must be ${rule.min} to ${rule.max}, got "${value}"`);
  return number;
}

import { InputError } from '../array/errors.ts';
import { methods } from './list.ts';
import { parseMethod } from './spec.ts';

/** What becomes of a method when its parts are left out. */
export interface Ablation {
  /** The method with all its parts. */
  readonly method: string;
  /** Its parts, in the order in which the method declares them; those that its settings leave out already are none. */
  readonly parts: readonly string[];
  /** Parts that are present, by method: none in the base, each alone, all but one each, all. Each method once. */
  readonly arms: Readonly<Record<string, readonly string[]>>;
}

/**
 * The methods that tell what each part of a method does: the base without any part, the base with each part alone, the
 * method without each part, the method itself.
 *
 * @param text the method as named on the command line: `allnc`, `allnc:kind=blur`
 * @throws InputError for an unknown method or setting, or one without parts
 */
export function ablationOf(text: string): Ablation {
  const { name, method, settings } = parseMethod(text);
  const declared = method.parts ?? {};
  if (Object.keys(declared).length === 0) {
    const others = methods.filter((own) => own.parts).map((own) => own.name);
    throw new InputError(
      `--ablate: method "${method.name}" has no parts to leave out; there are some in ${others.join(', ')}`,
    );
  }
  const without = (left: readonly string[]) => {
    const all = Object.assign({}, settings, ...left.map((part) => declared[part]));
    return parseMethod([method.name, ...Object.entries(all).map(([key, value]) => `${key}=${value}`)].join(':')).name;
  };
  const parts = Object.keys(declared).filter((part) => without([part]) !== name);
  if (parts.length === 0) {
    const left = Object.keys(declared).join(', ');
    throw new InputError(`--ablate: "${text}" leaves out all parts (${left}); name it with at least one`);
  }
  const allBut = (left: readonly string[]) => parts.filter((part) => !left.includes(part));
  const arms: Record<string, readonly string[]> = {};
  for (const left of [parts, ...parts.map((part) => allBut([part])), ...parts.map((part) => [part]), []])
    arms[without(left)] ??= allBut(left);
  return { method: name, parts, arms };
}

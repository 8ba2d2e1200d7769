import type { Layer } from '../variable.ts';

/** What one item is, and so the shape that a batch of them has behind the batch. */
export type ItemKind = 'rows' | 'series' | 'pictures';

/** What a setting of an encoder may be. Values are plain JSON. */
export interface EncoderSetting<T = unknown> {
  readonly default: T;
  readonly about: string;
  /** What it must be, in words. */
  readonly must: string;
  readonly fits: (value: unknown) => boolean;
}

/** An encoder made for items of one shape. */
export interface BuiltEncoder {
  readonly layer: Layer;
  /** Of one item's embedding: [D], or [D, length] where every point in time has its own. */
  readonly embedding: readonly number[];
}

/** An encoder by its name: one file, one record. */
export interface Encoder {
  readonly name: string;
  readonly about: string;
  readonly takes: readonly ItemKind[];
  readonly settings: Readonly<Record<string, EncoderSetting>>;
  /**
   * @param shape of one item, without the batch: [inputs], [channels, length] or [channels, height, width]
   * @param settings all of them, as `settings` wants them
   */
  readonly build: (shape: readonly number[], settings: Readonly<Record<string, unknown>>) => BuiltEncoder;
}

/** A record whose `build` knows the types of its settings. They are checked by their rules before it is called. */
export function encoder<S extends object>(record: {
  readonly name: string;
  readonly about: string;
  readonly takes: readonly ItemKind[];
  readonly settings: { readonly [K in keyof S]: EncoderSetting<S[K]> };
  readonly build: (shape: readonly number[], settings: S) => BuiltEncoder;
}): Encoder {
  return record as unknown as Encoder;
}

const isWhole = (value: unknown) => Number.isInteger(value) && Number(value) >= 1;

export function whole(value: number, about: string): EncoderSetting<number> {
  return { default: value, about, must: 'a whole number >= 1', fits: isWhole };
}

export function wholes(value: readonly number[], about: string): EncoderSetting<readonly number[]> {
  return {
    default: value,
    about,
    must: 'a list of whole numbers >= 1',
    fits: (v) => Array.isArray(v) && v.length > 0 && v.every(isWhole),
  };
}

/** A share of something, in [0, 1). */
export function share(value: number, about: string): EncoderSetting<number> {
  return { default: value, about, must: 'in [0, 1)', fits: (v) => typeof v === 'number' && v >= 0 && v < 1 };
}

export function word<W extends string>(value: W, words: readonly W[], about: string): EncoderSetting<W> {
  return {
    default: value,
    about,
    must: `one of ${words.map((w) => `"${w}"`).join(', ')}`,
    fits: (v) => words.some((w) => w === v),
  };
}

export function flag(value: boolean, about: string): EncoderSetting<boolean> {
  return { default: value, about, must: 'true or false', fits: (v) => typeof v === 'boolean' };
}

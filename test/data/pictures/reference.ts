import { readFileSync } from 'node:fs';
import type { PictureSize } from '../../../src/data/pictures/picture-set.ts';

interface Moved {
  readonly fill: 'edge' | 'reflect' | 'value';
  readonly out: readonly number[];
}

/** Values of reference/arrays.py. */
export const reference = JSON.parse(readFileSync(new URL('reference/arrays.json', import.meta.url), 'utf8')) as {
  readonly stretch: readonly { from: PictureSize; to: PictureSize; plane: number[]; out: number[] }[];
  readonly rotate: readonly (Moved & { degrees: number; interpolation: 'nearest' | 'bilinear' })[];
  readonly shift: readonly (Moved & { down: number; right: number })[];
  readonly plane: { readonly shape: PictureSize; readonly values: readonly number[] };
  readonly normalise: {
    readonly shape: readonly [number, number, number, number];
    readonly pixels: readonly number[];
    readonly rows: readonly number[];
    readonly mean: readonly number[];
    readonly scale: readonly number[];
    readonly asked: readonly number[];
    readonly out: readonly number[];
  };
};

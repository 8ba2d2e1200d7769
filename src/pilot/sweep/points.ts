import { InputError } from '../../array/errors.ts';
import { stream } from '../../array/random.ts';

/** One hyper-parameter and what it may be: values to try, or a range to draw from. */
export type Axis =
  | { readonly name: string; readonly values: readonly string[] }
  | { readonly name: string; readonly from: number; readonly to: number };

/** One setting of all hyper-parameters, as text. */
export type Point = Readonly<Record<string, string>>;

/**
 * Reads `margin=0.1,0.3,1` (values) or `margin=0.05..2` (a range, for random search).
 * @param flag that it was given with   @throws InputError naming the part that is not of that form
 */
export function parseAxis(text: string, flag = '--over'): Axis {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const rest = text.slice(at + 1).trim();
  if (at < 1 || name === '' || rest === '')
    throw new InputError(`${flag}: "${text}" is not of the form setting=value,value or setting=from..to`);
  const range = /^(.+)\.\.(.+)$/.exec(rest);
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (!(from < to)) throw new InputError(`${flag}: "${text}" is no range; write setting=from..to with from < to`);
    return { name, from, to };
  }
  const values = rest.split(',').map((value) => value.trim());
  const twin = values.find((value, i) => values.indexOf(value) < i);
  if (values.includes('')) throw new InputError(`${flag}: "${text}" has an empty value`);
  if (twin !== undefined) throw new InputError(`${flag}: "${text}" names ${twin} twice`);
  return { name, values };
}

/** Every combination, the last axis fastest. @throws InputError when an axis is a range */
export function gridOf(axes: readonly Axis[]): Point[] {
  return axes.reduce<Point[]>(
    (points, axis) => {
      if (!('values' in axis))
        throw new InputError(
          `--over ${axis.name}: a grid needs values, as in ${axis.name}=0.1,0.3,1; ranges are for --strategy random`,
        );
      return points.flatMap((point) => axis.values.map((value) => ({ ...point, [axis.name]: value })));
    },
    [{}],
  );
}

/**
 * `count` different points drawn at random: values evenly, ranges evenly in the logarithm where both ends are positive and
 * at least ten-fold apart, else evenly; to three digits.
 */
export function randomPoints(axes: readonly Axis[], count: number, seed: number): Point[] {
  const random = stream(seed, 'sweep');
  const found = new Map<string, Point>();
  // Few values may have fewer combinations than asked for.
  for (let attempt = 0; found.size < count && attempt < 50 * count; attempt++) {
    const point = Object.fromEntries(
      axes.map((axis) => {
        if ('values' in axis) return [axis.name, axis.values[random.integer(axis.values.length)]];
        const { from, to } = axis;
        const u = random.uniform();
        const value = from > 0 && to >= 10 * from ? from * (to / from) ** u : from + (to - from) * u;
        // Rounding must not lead out of the range.
        return [axis.name, String(Math.min(to, Math.max(from, Number(value.toPrecision(3)))))];
      }),
    );
    found.set(JSON.stringify(point), point);
  }
  return [...found.values()];
}

/** The method's name on the command line with a point's settings. */
export function methodAt(method: string, point: Point): string {
  return [method, ...Object.entries(point).map(([name, value]) => `${name}=${value}`)].join(':');
}

import { InputError } from '../array/errors.ts';

/**
 * A simple classifier on fixed features, to tell how much they hold: fitted on some rows, it scores others.
 *
 * Options and what is fitted are plain data. Both functions are async, since large matrix products run on the engine.
 */
export interface Probe<Options, Fitted> {
  readonly name: string;
  /**
   * @param x features, row-major [n, width], finite  @param labels class of each row, 0..classes - 1
   * @throws InputError when the rows hold fewer than two classes
   * @throws RangeError when lengths, labels or features are not as above
   */
  fit(x: Float32Array, width: number, labels: Int32Array, classes: number, options?: Options): Promise<Fitted>;
  /** One score a class, [n, classes], greatest for the class to be told. @param x as in `fit`, other rows */
  scores(fitted: Fitted, x: Float32Array): Promise<Float32Array>;
}

/** Score of a class that the training rows lack: below all others, yet finite, so that softmax stays a number. */
export const ABSENT = -1e9;

/** Checks what a probe is to be fitted on. @returns the classes that have rows, ascending  @throws as `Probe.fit` */
export function presentClasses(
  probe: string,
  x: Float32Array,
  width: number,
  labels: Int32Array,
  classes: number,
): number[] {
  rowsOf(probe, x, width);
  if (x.length !== labels.length * width)
    throw new RangeError(`${probe}: ${labels.length} labels and width ${width} do not fit ${x.length} features`);
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) {
    if (!(label >= 0 && label < classes)) throw new RangeError(`${probe}: label ${label} is not in 0..${classes - 1}`);
    counts[label]++;
  }
  const present = counts.flatMap((count, label) => (count > 0 ? [label] : []));
  if (present.length < 2)
    throw new InputError(
      `${probe}: the training rows hold ${present.length} of ${classes} classes; it needs rows of at least two`,
    );
  return present;
}

/** Number of rows of x. @throws RangeError when the width does not divide it or a feature is not finite */
export function rowsOf(probe: string, x: Float32Array, width: number): number {
  if (!Number.isInteger(width) || width < 1 || x.length % width !== 0)
    throw new RangeError(`${probe}: ${x.length} features are no rows of width ${width}`);
  if (!allFinite(x)) {
    const bad = x.findIndex((value) => !Number.isFinite(value));
    throw new RangeError(`${probe}: row ${Math.floor(bad / width)}, feature ${bad % width} is ${x[bad]}, not finite`);
  }
  return x.length / width;
}

/** Several times faster than looking at each number: x 0 is 0 but for a number that is not finite. */
function allFinite(x: Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = x.length - (x.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += x[i] * 0;
    b += x[i + 1] * 0;
    c += x[i + 2] * 0;
    d += x[i + 3] * 0;
  }
  for (let i = whole; i < x.length; i++) a += x[i] * 0;
  return a + b + c + d === 0;
}

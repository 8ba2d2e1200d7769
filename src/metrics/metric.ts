/** Items with their true class and the model's answer: what every classification metric reads. */
export interface Evaluated {
  /** Number of classes C, >= 1. Classes without items are allowed. */
  readonly classes: number;
  /** True class of every item [N], 0..C-1. */
  readonly labels: Int32Array;
  /** Answer for every item [N], 0..C-1. */
  readonly predictions: Int32Array;
  /** One score an item and class [N * C], row by row; higher is more likely. Probabilities where a metric says so. */
  readonly scores?: Float32Array | Float64Array;
  /** Training items of each class [C], whole or means over training parts: `recall-many`, `-medium`, `-few` need them. */
  readonly trained?: ArrayLike<number>;
}

/** A measured number. An undefined number is `null` with a reason, never 0. */
export interface Measured {
  readonly value: number | null;
  /** Why `value` is null, or what was left out of it. */
  readonly reason?: string;
  /** The classes' own values [C] where the metric is their mean; null where undefined. */
  readonly perClass?: readonly (number | null)[];
  /** How many of the C classes are not in `value`. */
  readonly classesLeftOut?: number;
}

/** One metric: a name, what it needs, which way is better, and the computation. */
export interface Metric {
  /** Kebab-case; the same on the command line, in the API and in the result file. */
  readonly name: string;
  /** Which way is better. */
  readonly direction: 'higher' | 'lower';
  readonly needs: 'predictions' | 'scores';
  /** Smallest and largest possible value. */
  readonly range: readonly [number, number];
  /** @throws RangeError where the input's shapes or values do not fit */
  compute(input: Evaluated): Measured;
  /** The same for one class, written `name[CLASS]`. */
  readonly ofClass?: ClassForm;
}

export interface ClassForm {
  readonly name: string;
  /** @throws RangeError where the input does not fit or `classIndex` is not in 0..C-1 */
  compute(input: Evaluated, classIndex: number): Measured;
}

export const NO_ITEM = 'no item';

/**
 * Checks lengths and class numbers.
 * @param place name of the metric, for the message
 * @throws RangeError naming place and value
 */
export function checkItems(place: string, input: Evaluated): void {
  const { classes, labels, predictions } = input;
  if (!Number.isInteger(classes) || classes < 1)
    throw new RangeError(`${place}: classes must be a whole number >= 1, got ${classes}`);
  if (labels.length !== predictions.length)
    throw new RangeError(`${place}: ${labels.length} labels but ${predictions.length} predictions`);
  checkClasses(place, 'labels', labels, classes);
  checkClasses(place, 'predictions', predictions, classes);
}

/** @throws RangeError naming the first entry that is not a class 0..classes-1 */
export function checkClasses(place: string, what: string, values: Int32Array, classes: number): void {
  for (let i = 0; i < values.length; i++)
    if (values[i] < 0 || values[i] >= classes)
      throw new RangeError(`${place}: ${what}[${i}] is ${values[i]}, must be 0..${classes - 1}`);
}

/**
 * The scores, with their length checked.
 * @throws RangeError when there are none, their number is not N * C or one is NaN
 */
export function checkedScores(place: string, input: Evaluated): Float32Array | Float64Array {
  const { scores, labels, classes } = input;
  if (!scores) throw new RangeError(`${place}: needs scores, got none`);
  if (scores.length !== labels.length * classes)
    throw new RangeError(`${place}: ${scores.length} scores, needs ${labels.length} items x ${classes} classes`);
  for (let i = 0; i < scores.length; i++)
    if (Number.isNaN(scores[i]))
      throw new RangeError(`${place}: the score of item ${Math.floor(i / classes)}, class ${i % classes} is NaN`);
  return scores;
}

/** The scores as probabilities. @throws RangeError when one is below 0 or an item's do not add up to 1 (within 0.001) */
export function checkedProbabilities(place: string, input: Evaluated): Float32Array | Float64Array {
  const scores = checkedScores(place, input);
  for (let i = 0; i < input.labels.length; i++) {
    let sum = 0;
    for (let c = 0; c < input.classes; c++) {
      const p = scores[i * input.classes + c];
      if (p < 0) throw new RangeError(`${place}: scores must be probabilities, item ${i} has ${p}`);
      sum += p;
    }
    // Written so that an infinite sum fails as well; 0.001 leaves room for 32-bit softmax over many classes.
    if (!(Math.abs(sum - 1) <= 1e-3))
      throw new RangeError(`${place}: scores must be probabilities, those of item ${i} add up to ${sum}`);
  }
  return scores;
}

/**
 * What the formulas work on: one number per item and repeat (0/1 correctness, or a paired difference -1, 0, 1), every
 * item once in every repeat. The item, or the group where there is one, is the sampling unit, never item x repeat.
 */
export interface Sample {
  /** R arrays of n values. */
  readonly values: readonly (Float64Array | Uint8Array)[];
  /** Group of every item [n]; any whole numbers, shared between the classes of one data set. */
  readonly groups?: Int32Array;
}

/** Lower and upper end of the two-sided interval at error rate alpha (0.05: 95 %), not clipped. */
export type Bounds = (alpha: number) => [number, number];

/** Number of items of a sample. @throws RangeError when there is no repeat, no item, or lengths differ */
export function itemCount(place: string, sample: Sample): number {
  if (sample.values.length === 0) throw new RangeError(`${place}: needs at least one repeat, got 0`);
  const n = sample.values[0].length;
  if (n === 0) throw new RangeError(`${place}: needs at least one item, got 0`);
  for (const [r, values] of sample.values.entries())
    if (values.length !== n)
      throw new RangeError(`${place}: repeat ${r} has ${values.length} items, repeat 0 has ${n}`);
  if (sample.groups && sample.groups.length !== n)
    throw new RangeError(`${place}: ${sample.groups.length} groups for ${n} items`);
  return n;
}

/** Mean of every item over the repeats [n]: m_i = mean_r x_ir. */
export function itemMeans(values: Sample['values']): Float64Array {
  const means = new Float64Array(values[0].length);
  for (const repeat of values) for (let i = 0; i < means.length; i++) means[i] += repeat[i];
  for (let i = 0; i < means.length; i++) means[i] /= values.length;
  return means;
}

/** Arithmetic mean. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Sums over every sampling unit: unit u of n items to G totals, G at most n; without groups every item is a unit. */
export function unitTotals(values: Float64Array, groups?: Int32Array): Float64Array {
  if (!groups) return values;
  const place = unitIndex(groups);
  const totals = new Float64Array(place.count);
  for (let i = 0; i < values.length; i++) totals[place.index[i]] += values[i];
  return totals;
}

/** Number of items of every sampling unit. */
export function unitSizes(n: number, groups?: Int32Array): Float64Array {
  return unitTotals(new Float64Array(n).fill(1), groups);
}

/** Number of sampling units: groups where there are groups, else items. */
export function unitCount(n: number, groups?: Int32Array): number {
  return groups ? new Set(groups).size : n;
}

/** Groups renumbered 0..count-1 in order of appearance. */
export function unitIndex(groups: Int32Array): { index: Int32Array; count: number } {
  const seen = new Map<number, number>();
  const index = new Int32Array(groups.length);
  for (let i = 0; i < groups.length; i++) {
    let u = seen.get(groups[i]);
    if (u === undefined) {
      u = seen.size;
      seen.set(groups[i], u);
    }
    index[i] = u;
  }
  return { index, count: seen.size };
}

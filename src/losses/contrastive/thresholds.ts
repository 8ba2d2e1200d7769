/** How `emargin` comes to its threshold theta: off, a number in [-1, 1], or from the batch's own similarities. */
export type ThresholdRule = 'off' | number | 'otsu' | `q${number}`;

/**
 * Reads `off`, `otsu`, `q10` (a quantile in percent, q1 to q99) or a number from -1 to 1.
 * @throws RangeError for anything else
 */
export function thresholdRule(text: string): ThresholdRule {
  if (text === 'off' || text === 'otsu') return text;
  const percent = /^q(\d+)$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) >= 1 && Number(percent) <= 99) return `q${Number(percent)}`;
  const number = Number(text);
  if (text.trim() === '' || !(number >= -1 && number <= 1))
    throw new RangeError(`threshold must be off, otsu, q1 to q99 or a number from -1 to 1, got "${text}"`);
  return number;
}

/**
 * Theta of one batch: a plain number to be fed as `threshold`. None when the rule is `off`.
 * @param similarities s_t of the batch's neighbours, see `neighbourSimilarities`
 * @throws RangeError when a rule that looks at them gets none
 */
export function thresholdOf(rule: ThresholdRule, similarities: ArrayLike<number>): number | undefined {
  if (rule === 'off') return undefined;
  if (typeof rule === 'number') return rule;
  return rule === 'otsu' ? otsu(similarities) : quantile(similarities, Number(rule.slice(1)) / 100);
}

/**
 * s_t = cos(x_t, x_{t+1}) of one recording's windows; a zero window is similar to none (0).
 * @param features row-major [T, width]  @returns T - 1 values in [-1, 1]
 */
export function neighbourSimilarities(features: ArrayLike<number>, width: number): Float64Array {
  const rows = features.length / width;
  if (!Number.isInteger(rows))
    throw new RangeError(`${features.length} features are no whole number of rows of ${width}`);
  const product = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += features[i * width + k] * features[j * width + k];
    return sum;
  };
  const length = Float64Array.from({ length: rows }, (_, i) => Math.sqrt(product(i, i)));
  return Float64Array.from({ length: Math.max(0, rows - 1) }, (_, t) =>
    length[t] * length[t + 1] > 0 ? product(t, t + 1) / length[t] / length[t + 1] : 0,
  );
}

/** Quantile with linear interpolation between order statistics (as in numpy and PyTorch). q in [0, 1]. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = sortedValues(values);
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/**
 * The cut into two groups with the largest variance between them, w_0 w_1 (m_0 - m_1)^2, over all cuts between different
 * values (no histogram): the middle between the two values beside it. All values equal: that value, so none lies below.
 * @see Otsu 1979
 */
export function otsu(values: ArrayLike<number>): number {
  const sorted = sortedValues(values);
  const total = sorted.reduce((a, b) => a + b, 0);
  let [best, threshold, lower] = [-1, sorted[0], 0];
  for (let n = 1; n < sorted.length; n++) {
    lower += sorted[n - 1];
    if (sorted[n] === sorted[n - 1]) continue;
    const rest = sorted.length - n;
    const between = n * rest * (lower / n - (total - lower) / rest) ** 2;
    if (between > best) [best, threshold] = [between, (sorted[n - 1] + sorted[n]) / 2];
  }
  return threshold;
}

function sortedValues(values: ArrayLike<number>): Float64Array {
  if (values.length === 0) throw new RangeError('threshold: no neighbours to take it from');
  return Float64Array.from(values).sort();
}

/** What `auto` decided, and why. */
export interface AutoThreshold {
  readonly rule: 'q10' | 'off';
  /** Neighbours with both labels known. */
  readonly labelled: number;
  /** Share of them across which the label changes. */
  readonly baseRate: number | null;
  /** The same among those below the 10 % quantile. */
  readonly precision: number | null;
  readonly reason: string;
}

/**
 * `auto`: q10 where transitions are detectable, else off. Detectable: of the neighbours below the 10 % quantile of all
 * similarities at least twice the usual share are changes of label. Without labels q10.
 * @param similarities s_t of all neighbours in the training recordings
 * @param changes for each of them 1 (the label changes), 0 (it does not) or -1 (a label is missing); none: no labels
 */
export function autoThreshold(similarities: ArrayLike<number>, changes?: ArrayLike<number>): AutoThreshold {
  const nothing = { baseRate: null, precision: null };
  const theta = quantile(similarities, 0.1);
  const known = Array.from(changes ?? [], (c, t) => (c >= 0 ? t : -1)).filter((t) => t >= 0);
  if (!changes || known.length === 0)
    return { rule: 'q10', labelled: 0, ...nothing, reason: 'no labels to tell whether transitions are detectable' };
  if (changes.length !== similarities.length)
    throw new RangeError(`auto threshold: ${similarities.length} similarities, but ${changes.length} changes`);
  const share = (of: readonly number[]) => of.filter((t) => changes[t] === 1).length / of.length;
  const labelled = known.length;
  const baseRate = share(known);
  if (baseRate === 0)
    return { rule: 'off', labelled, baseRate, precision: null, reason: 'the label never changes inside a recording' };
  const flagged = known.filter((t) => similarities[t] < theta);
  if (flagged.length === 0)
    return {
      rule: 'off',
      labelled,
      baseRate,
      precision: null,
      reason: 'no labelled neighbours are less similar than the rest',
    };
  const precision = share(flagged);
  const detectable = precision >= 2 * baseRate;
  return {
    rule: detectable ? 'q10' : 'off',
    labelled,
    baseRate,
    precision,
    reason: `of the least similar neighbours ${percent(precision)} are transitions, of all ${percent(baseRate)}: ${
      detectable ? 'detectable' : 'not detectable (twice as many are needed)'
    }`,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

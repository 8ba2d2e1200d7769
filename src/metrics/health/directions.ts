import { checkPoints, type Points } from '../clustering/points.ts';

export interface Directions {
  /** Rows scaled to length 1 in float64 [N * D]; a zero row stays zero. */
  readonly units: Float64Array;
  /** Number of zero rows. */
  readonly zeros: number;
  readonly rows: number;
}

/** @throws RangeError where shapes do not fit or a number is not finite */
export function directions(place: string, points: Points): Directions {
  const { width } = points;
  const rows = checkPoints(place, points);
  const units = new Float64Array(points.embeddings);
  let zeros = 0;
  for (let i = 0; i < rows; i++) {
    const row = units.subarray(i * width, (i + 1) * width);
    let sum = 0;
    for (const value of row) sum += value * value;
    if (sum === 0) zeros++;
    else for (let j = 0; j < width; j++) row[j] /= Math.sqrt(sum);
  }
  return { units, zeros, rows };
}

/** What is to be said of a value that zero rows are in. */
export function zerosSaid(zeros: number): { reason?: string } {
  return zeros > 0 ? { reason: `${zeros} zero rows have no direction` } : {};
}

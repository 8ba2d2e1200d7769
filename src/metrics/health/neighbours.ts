/**
 * Neighbours are adjacent windows of one recording: rows i and i + 1 with the same recording. Returns the rows i.
 *
 * @param recordings recording of every row [N], rows of one recording together and in the order of time
 * @throws RangeError when there is not one a row, or a recording goes on after another has begun (naming the row)
 */
export function neighbours(place: string, recordings: Int32Array, rows: number): Int32Array {
  if (recordings.length !== rows) throw new RangeError(`${place}: ${recordings.length} recordings for ${rows} rows`);
  const seen = new Set<number>();
  const found = new Int32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const recording = recordings[i];
    if (i > 0 && recordings[i - 1] === recording) found[count++] = i - 1;
    else if (seen.has(recording))
      throw new RangeError(
        `${place}: recording ${recording} goes on in row ${i} after another; its rows must stand together`,
      );
    seen.add(recording);
  }
  return found.subarray(0, count);
}

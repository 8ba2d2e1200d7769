/**
 * Wrong use or wrong data: the user can mend it. The message is one line that names the place (file, line, column or
 * flag), the value and the remedy. The command line prints it alone and exits with 1.
 */
export class InputError extends Error {
  override name = 'InputError';
}

/** The nearest of `names` to `wanted`, when near enough to be a likely slip of the finger; else undefined. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** Letters added, dropped, changed, or two neighbours swapped: the slips of a finger, each counted once. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? before[j - 2] + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, change, swap));
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

/** The flag that an option is typed as, without the dashes: `skipUnreadable` is `skip-unreadable`. */
export function flagOf(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

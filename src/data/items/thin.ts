import { InputError } from '../../array/errors.ts';
import { stream } from '../../array/random.ts';
import type { Finding, Task } from '../dataset.ts';

/**
 * The task with a long tail, reproducibly: of class c (0 the largest) so many training items stay that counts fall
 * geometrically, n_c = min(own, max(1, round(n_0 factor^(-c/(C-1))))); the others lose their label, so they take no part.
 * Where the data come divided, test items stay as they are.
 *
 * @param factor largest over smallest class, >= 1  @param seed names the items that stay
 * @throws InputError factor below 1 or not finite
 * @see Cui et al. 2019, "exponential" long tails
 */
export function thinned(task: Task, factor: number, seed: number): Task {
  if (!(Number.isFinite(factor) && factor >= 1))
    throw new InputError(`--imbalance: must be a number of 1 or more (largest over smallest class), got ${factor}`);
  const { labels, classes, splits } = task;
  const last = Math.max(1, classes.length - 1);
  const thin = labels.slice();
  const members = classes.map((_, c) =>
    Int32Array.from(labels.keys()).filter((i) => labels[i] === c && splits?.[i] !== 'test'),
  );
  const most = Math.max(...members.map((own) => own.length));
  const left = members.map((own, c) => Math.min(own.length, Math.max(1, Math.round(most * factor ** (-c / last)))));
  members.forEach((own, c) => {
    for (const i of stream(seed, 'thin', classes[c]).shuffle(own).subarray(left[c])) thin[i] = -1;
  });
  const counts = classes.map((_, c) => thin.reduce((n, label) => n + (label === c ? 1 : 0), 0));
  const before = members.reduce((n, own) => n + own.length, 0);
  const after = left.reduce((a, b) => a + b, 0);
  const thinning: Finding = {
    kind: 'thinned',
    severity: 'warning',
    detail: `as asked, ${splits ? 'training ' : ''}items were thinned to a long tail of ${factor}: ${after} of ${before} stay, ${left.join(', ')} a class`,
    override: 'leave --imbalance out',
  };
  return { ...task, labels: thin, counts, audit: [...task.audit, thinning] };
}

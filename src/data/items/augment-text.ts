import { InputError, nearest } from '../../array/errors.ts';
import type { Task } from '../dataset.ts';
import { parsePictureAugmentation } from '../pictures/augment.ts';
import { parseSeriesAugmentation } from '../series/augment.ts';
import type { Augmentation } from './augment.ts';

/**
 * Reads `shift=4,flip=0.5` for the items of a task.
 * @param except names of classes whose items are not changed
 * @throws InputError naming the flag: a table, spectra, unknown settings or classes, values out of range
 */
export function parseAugmentation(text: string, { items, classes }: Task, except: readonly string[]): Augmentation {
  const places = except.map((name) => {
    const at = classes.indexOf(name);
    if (at >= 0) return at;
    const guess = nearest(name, classes);
    throw new InputError(
      `--augment-except: there is no class "${name}"; there are ${classes.join(', ')}${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`,
    );
  });
  const untouched = places.length > 0 ? { except: places } : {};
  if (items.kind === 'pictures') return { kind: 'pictures', settings: parsePictureAugmentation(text), ...untouched };
  if (items.kind === 'table')
    throw new InputError('--augment: is for time series and pictures, and this is a table; leave it out');
  if (items.features.features === 'stft' || items.windows.length === 1)
    throw new InputError('--augment: changes the values of windows, not spectra or single steps; add --features raw');
  return { kind: 'series', settings: parseSeriesAugmentation(text), ...untouched };
}

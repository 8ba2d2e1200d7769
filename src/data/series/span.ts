import { InputError } from '../../array/errors.ts';

const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600 };

/**
 * A length of time in steps: a count (`52`) or a duration (`1s`, `0.64s`, `500ms`, `10us`, `2min`, `1h`), which is rounded
 * to the nearest whole step.
 *
 * @param place flag that the message names: `--window`   @param rate steps a second, where known
 * @throws InputError not such a length, a duration without a rate, less than one step
 */
export function stepsOf(span: string | number, rate: number | undefined, place: string): number {
  const text = String(span).trim();
  const match = /^(\d+\.?\d*|\.\d+)\s*([a-z]*)$/i.exec(text);
  const unit = match?.[2].toLowerCase() ?? '';
  if (!match || (unit !== '' && !Object.hasOwn(SECONDS, unit)))
    throw new InputError(`${place}: a count of steps (52) or a duration (1s, 500ms, 2min) is needed, got "${text}"`);
  const amount = Number(match[1]);
  if (unit === '') {
    if (Number.isInteger(amount) && amount >= 1) return amount;
    throw new InputError(`${place}: a count of steps must be a whole number >= 1, got "${text}" (seconds: ${text}s)`);
  }
  if (rate === undefined)
    throw new InputError(
      `${place} ${text}: the rate is not known, so a duration has no number of steps; give --rate HZ or --time COLUMN, or count steps (${place} 64)`,
    );
  const steps = Math.round(amount * SECONDS[unit] * rate);
  if (steps >= 1) return steps;
  throw new InputError(`${place} ${text}: is less than one step at ${rate} Hz; give ${1 / rate}s or more`);
}

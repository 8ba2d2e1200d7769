import { InputError } from '../array/errors.ts';

/** Ctrl-C or a termination request. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/**
 * Prints an error: one line for what the user can mend (exit code 1), name and place for a failure of ours (2).
 * @returns the exit code
 */
export function report(error: unknown): 1 | 2 {
  if (error instanceof InputError) {
    process.stderr.write(`evenhand: ${error.message}\n`);
    return 1;
  }
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`evenhand: failed while running: ${text}\n`);
  if (process.env.EVENHAND_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  else process.stderr.write('  (set EVENHAND_DEBUG=1 to see where)\n');
  return 2;
}

/**
 * JSON Pointer (RFC 6901): the address of a value in the result file, such as `/arms/0/metrics/macro-recall/value`.
 * In a key, `~` is written `~0` and `/` is written `~1`; dots and brackets stand as they are.
 */
export function pointer(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * The value at `path` of `document`.
 * @throws RangeError when the path does not start with `/` or leads nowhere, so that a wrong path never shows as empty
 */
export function resolve(document: unknown, path: string): unknown {
  if (path !== '' && !path.startsWith('/')) throw new RangeError(`report: pointer "${path}" does not start with "/"`);
  let value = document;
  for (const part of path.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
      throw new RangeError(`report: nothing at "${path}" (no "${key}")`);
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

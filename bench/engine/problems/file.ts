import { readFileSync, writeFileSync } from 'node:fs';

/** What a problem may hold: plain JSON and arrays of float32 or int32 numbers. */
type Fields = Readonly<Record<string, unknown>>;

/** Where an array lies in PATH.bin: length in elements, offset in bytes. */
interface Place {
  readonly dtype: 'float32' | 'int32';
  readonly offset: number;
  readonly length: number;
}

/** Writes a problem: `plain` fields and `places` of the arrays as JSON, the arrays behind one another in PATH.bin. */
export function writeProblem(path: string, fields: object): void {
  const plain: Record<string, unknown> = {};
  const places: Record<string, Place> = {};
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Float32Array || value instanceof Int32Array) {
      const dtype = value instanceof Float32Array ? 'float32' : 'int32';
      places[name] = { dtype, offset, length: value.length };
      parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      offset += value.byteLength;
    } else plain[name] = value;
  }
  writeFileSync(path, JSON.stringify({ plain, places }));
  writeFileSync(`${path}.bin`, Buffer.concat(parts));
}

/** Reads what `writeProblem` wrote. */
export function readProblem<T extends object>(path: string): T {
  const { plain, places } = JSON.parse(readFileSync(path, 'utf8')) as { plain: Fields; places: Record<string, Place> };
  // A buffer of its own, so that the arrays lie on whole elements.
  const { buffer } = new Uint8Array(readFileSync(`${path}.bin`));
  const arrays = Object.entries(places).map(([name, { dtype, offset, length }]) => [
    name,
    dtype === 'float32' ? new Float32Array(buffer, offset, length) : new Int32Array(buffer, offset, length),
  ]);
  return { ...plain, ...Object.fromEntries(arrays) } as T;
}

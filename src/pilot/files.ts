import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../array/errors.ts';

/** Writes a whole file or nothing: beside it first, then in its place. */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(partial, content);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Makes the folder (and `trials` in it), sweeps out what a killed run left half-written, and tries to write to it. @throws InputError naming the folder */
export function prepareFolder(folder: string): void {
  try {
    const trials = join(folder, 'trials');
    mkdirSync(trials, { recursive: true });
    for (const file of readdirSync(trials)) if (file.endsWith('.tmp')) rmSync(join(trials, file), { force: true });
    accessSync(folder, constants.W_OK);
    const probe = join(folder, `.${randomUUID()}.tmp`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new InputError(`--out: cannot write to "${folder}": ${cause(error)}; name another folder`);
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** True when there is nothing of that name, or an empty folder. */
export function isFree(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

function cause(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'there is a file of that name in the way';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'no permission';
  return error instanceof Error ? error.message : String(error);
}

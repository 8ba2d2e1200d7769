import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline as callbackPipeline, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError, nearest } from '../../array/errors.ts';

/** A file that exists and is not empty. What it holds is told by its first bytes, not by its name. */
export interface TableFile {
  /** As the user gave it: errors name this. */
  readonly name: string;
  readonly path: string;
  readonly gzip: boolean;
  /** First bytes (after gunzip), up to 64 KiB. */
  readonly head: Buffer;
}

/** Lines of text: whole lines (but for the end of the file), valid UTF-8, no byte order mark. */
export interface TextBlock {
  readonly bytes: Buffer;
  /** 1-based number of the block's first line. */
  readonly line: number;
}

const HEAD = 64 * 1024;
/** DuckDB's own limit is near; a longer line is no table. */
export const LONGEST_LINE = 2_000_000;

/** Opens the file and looks at its first bytes. @throws InputError missing, a directory, not readable, empty */
export async function openTable(name: string): Promise<TableFile> {
  const path = resolve(name);
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (info instanceof Error) throw new InputError(await cannotOpen(name, info));
  if (info.isDirectory()) throw new InputError(`${name}: is a folder; name the file with the table`);
  if (info.size === 0) throw new InputError(`${name}: the file is empty`);
  const magic = await firstBytes(name, path);
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const file = { name, path, gzip, head: magic };
  if (!gzip) return file;
  let head = Buffer.alloc(0);
  for await (const chunk of contents(file)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= HEAD) break;
  }
  if (head.length === 0) throw new InputError(`${name}: the file is empty (gzip of nothing)`);
  return { ...file, head: head.subarray(0, HEAD) };
}

async function firstBytes(name: string, path: string): Promise<Buffer> {
  const handle = await open(path).catch(async (error: NodeJS.ErrnoException) => {
    throw new InputError(await cannotOpen(name, error));
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function cannotOpen(name: string, error: NodeJS.ErrnoException): Promise<string> {
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return `${name}: may not be read (permission denied); check the file's rights`;
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
    return `${name}: cannot be opened (${error.code ?? error.message})`;
  const beside = await readdir(dirname(resolve(name))).catch(() => []);
  const guess = nearest(basename(name), beside);
  return `${name}: no such file${guess === undefined ? '' : ` (did you mean "${guess}"?)`}; check the path`;
}

/** The file's bytes, unzipped; the raw bytes go into `hash`. @throws InputError where the gzip is cut off or damaged */
export async function* contents(file: Pick<TableFile, 'name' | 'path' | 'gzip'>, hash?: Hash): AsyncGenerator<Buffer> {
  const raw = (async function* () {
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 })) {
      hash?.update(chunk);
      yield chunk as Buffer;
    }
  })();
  if (!file.gzip) {
    yield* raw;
    return;
  }
  // The callback is empty because an error of the source destroys `gunzip` with it, and the loop below throws it.
  const gunzip = callbackPipeline(Readable.from(raw), createGunzip({ chunkSize: 1 << 20 }), () => {});
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw new InputError(`${file.name}: the gzip is cut off; copy the file again`);
    if (code?.startsWith('Z_')) throw new InputError(`${file.name}: the gzip is damaged; copy the file again`);
    throw error;
  }
}

/**
 * The file's text in blocks of whole lines, about 1 MiB each.
 *
 * @throws InputError not UTF-8 (with the line), zero bytes, a line longer than {@link LONGEST_LINE}, broken gzip
 */
export async function* textBlocks(file: TableFile, hash?: Hash): AsyncGenerator<TextBlock> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of contents(file, hash)) {
    let bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (first && bytes.length < 3) {
      rest = bytes;
      continue;
    }
    if (first) bytes = withoutMark(file.name, bytes);
    first = false;
    const end = bytes.lastIndexOf(10) + 1;
    if (bytes.length - end > LONGEST_LINE)
      throw new InputError(`${file.name}, line ${line + newlines(bytes)}: longer than 2 MB; is this a table?`);
    rest = Buffer.from(bytes.subarray(end));
    if (end === 0) continue;
    const block = bytes.subarray(0, end);
    checkText(file.name, block, line);
    yield { bytes: block, line };
    line += newlines(block);
  }
  if (first) rest = withoutMark(file.name, rest);
  if (rest.length === 0) return;
  checkText(file.name, rest, line);
  yield { bytes: rest, line };
}

function withoutMark(name: string, bytes: Buffer): Buffer {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw new InputError(`${name}: the text is UTF-16; save it as UTF-8`);
  return a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
}

function checkText(name: string, block: Buffer, line: number): void {
  const zero = block.indexOf(0);
  if (zero >= 0) {
    const at = line + newlines(block.subarray(0, zero));
    throw new InputError(`${name}, line ${at}: holds a zero byte, so this is no text file`);
  }
  if (isUtf8(block)) return;
  let start = 0;
  for (let at = line; start < block.length; at++) {
    const newline = block.indexOf(10, start);
    const end = newline < 0 ? block.length : newline + 1;
    if (!isUtf8(block.subarray(start, end)))
      throw new InputError(`${name}, line ${at}: not valid UTF-8; save the file with the encoding UTF-8`);
    start = end;
  }
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** `sha256:` and the hex digest, once all bytes went through. */
export const digestOf = (hash: Hash): string => `sha256:${hash.digest('hex')}`;

export const newHash = (): Hash => createHash('sha256');

/** Unzips into a temporary file for `use`, and removes it afterwards: Parquet needs random access. */
export async function withUnzipped<T>(file: TableFile, hash: Hash, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'evenhand-'));
  try {
    const path = join(folder, 'table');
    await pipeline(contents(file, hash), createWriteStream(path));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

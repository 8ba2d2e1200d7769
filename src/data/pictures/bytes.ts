import { contents, digestOf, newHash, openTable } from '../readers/file.ts';

/** The whole file, unzipped where it is gzip. @throws InputError missing, empty, gzip cut off or damaged */
export async function readBytes(name: string): Promise<{ bytes: Buffer; digest: string }> {
  const file = await openTable(name);
  const hash = newHash();
  const chunks: Buffer[] = [];
  for await (const chunk of contents(file, hash)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), digest: digestOf(hash) };
}

/** Without `.gz`. */
export const unzippedName = (name: string): string => name.replace(/\.(?:gz|gzip)$/i, '');

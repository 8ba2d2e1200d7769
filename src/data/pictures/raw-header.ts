import { z } from 'zod';
import { InputError } from '../../array/errors.ts';
import { readBytes } from './bytes.ts';

/** Other fields are let be. */
const header = z.looseObject({
  dtype: z.string().optional(),
  shape: z.array(z.int().positive()).min(3).max(4).optional(),
  layout: z.string().optional(),
  small_layout: z.string().optional(),
  file: z.string().optional(),
  labels: z.string().optional(),
  classes: z.array(z.string()).optional(),
});
export type Header = z.infer<typeof header>;

/** The header of raw bytes. @throws InputError no JSON, or fields of the wrong kind */
export async function readHeader(path: string): Promise<Header> {
  const { bytes } = await readBytes(path);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new InputError(`${path}: is not valid JSON; a header of pictures is one object`);
  }
  const parsed = header.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${path}: ${issue.path.join('.') || 'header'}: ${issue.message}`);
}

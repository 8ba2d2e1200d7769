import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../array/errors.ts';
import { digestOf, newHash } from '../readers/file.ts';
import type { SeriesFile } from './recording.ts';

const rawRecord = z.object({
  /** Names of the channels in the order in which they stand in the file. */
  channels: z
    .array(z.string().min(1))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'holds a name twice'),
  samples: z.int().positive().optional(),
  /** Records of one patient stay on one side of a split. */
  patient: z.union([z.string().min(1), z.number()]).optional(),
  comment: z.string().optional(),
});

const metaFile = z
  .object({
    /** Samples a second. */
    fs_hz: z.number().positive().optional(),
    /** Of every channel, in records that don't say it themselves. */
    samples: z.int().positive().optional(),
    /** millivolt = (value - adc_zero) / adc_units_per_mV */
    adc_zero: z.number().optional(),
    adc_units_per_mV: z.number().positive().optional(),
    records: z.record(z.string(), rawRecord),
  })
  .refine(
    (meta) => (meta.adc_zero === undefined) === (meta.adc_units_per_mV === undefined),
    'needs both of adc_zero and adc_units_per_mV, or neither',
  );

export type RawMeta = z.infer<typeof metaFile>;
export type RawRecord = z.infer<typeof rawRecord>;

/** What `meta.json` in the folder of raw records says. @throws InputError missing, no JSON, an entry that does not fit */
export async function readMeta(folder: string): Promise<{ meta: RawMeta; about: SeriesFile }> {
  const file = join(folder, 'meta.json');
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const remedy = 'raw records need a meta.json beside them, with {"fs_hz", "records": {NAME: {"channels": [...]}}}';
    throw new InputError(
      `${file}: ${error.code === 'ENOENT' ? 'no such file' : `cannot be read (${error.code})`}; ${remedy}`,
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : '').split('\n');
    throw new InputError(`${file}: is no JSON (${reason}); mend it`);
  }
  const { data: meta, error } = metaFile.safeParse(json);
  if (error) {
    const [{ path, message }] = error.issues;
    throw new InputError(`${file}: ${path.length > 0 ? `"${path.join('.')}": ` : ''}${message}; mend it`);
  }
  const about = { file, digest: digestOf(newHash().update(bytes)), rows: Object.keys(meta.records).length };
  return { meta, about };
}

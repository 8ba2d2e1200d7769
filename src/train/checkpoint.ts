import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { z } from 'zod';
import { InputError } from '../array/errors.ts';

/** Everything that a training needs to go on to the same bits. */
export interface TrainingState {
  /** What is trained: plan, seed, trial and rows. Another training refuses this state. */
  readonly key: string;
  /** Steps taken so far. */
  readonly step: number;
  /** Flat vectors by name: parameters, moment0.., buffers. */
  readonly tensors: Readonly<Record<string, Float32Array>>;
  /** The net that validation rows like best so far. */
  readonly best?: {
    readonly score: number;
    readonly step: number;
    readonly parameters: Float32Array;
    readonly buffers: Float32Array;
  };
  /** What was told at the looks so far, as plain data. */
  readonly looks?: readonly unknown[];
}

/**
 * Writes a state as one safetensors file (8 bytes length, JSON header, raw float32), whole or not at all.
 * @see https://github.com/huggingface/safetensors
 */
export function saveCheckpoint(path: string, { key, step, tensors, best, looks }: TrainingState): void {
  const all = { ...tensors, ...(best ? { 'best.parameters': best.parameters, 'best.buffers': best.buffers } : {}) };
  let offset = 0;
  const entries = Object.entries(all).map(([name, data]) => {
    const start = offset;
    offset += data.byteLength;
    return [name, { dtype: 'F32', shape: [data.length], data_offsets: [start, offset] }] as const;
  });
  const metadata = {
    key,
    step: String(step),
    ...(best ? { 'best.score': String(best.score), 'best.step': String(best.step) } : {}),
    ...(looks ? { looks: JSON.stringify(looks) } : {}),
  };
  const header = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const parts = Object.values(all).map((data) => littleEndian(data));
  const partial = `${path}.tmp`;
  try {
    writeFileSync(partial, Buffer.concat([length, header, ...parts]));
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

const headerSchema = z.object({
  __metadata__: z.object({
    key: z.string(),
    step: z.string(),
    'best.score': z.string().optional(),
    'best.step': z.string().optional(),
    looks: z.string().optional(),
  }),
});
const tensorSchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.number()),
  data_offsets: z.tuple([z.number(), z.number()]),
});

/** Reads a state back. @throws InputError when the file is no checkpoint of this form or is cut off */
export function loadCheckpoint(path: string): TrainingState {
  const bytes = readFileSync(path);
  try {
    const length = Number(bytes.readBigUInt64LE(0));
    const json = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, unknown>;
    const { __metadata__: metadata } = headerSchema.parse(json);
    const tensors = new Map<string, Float32Array>();
    for (const [name, entry] of Object.entries(json)) {
      if (name === '__metadata__') continue;
      const [start, end] = tensorSchema.parse(entry).data_offsets;
      const own = bytes.subarray(8 + length + start, 8 + length + end);
      if (own.length !== end - start) throw new RangeError(`"${name}" is cut off`);
      tensors.set(name, new Float32Array(littleEndian(new Uint8Array(own)).slice().buffer));
    }
    const [parameters, buffers] = [tensors.get('best.parameters'), tensors.get('best.buffers')];
    tensors.delete('best.parameters');
    tensors.delete('best.buffers');
    const best =
      parameters && buffers
        ? { score: Number(metadata['best.score']), step: Number(metadata['best.step']), parameters, buffers }
        : undefined;
    const { key, step, looks: told } = metadata;
    const looks = told === undefined ? {} : { looks: z.array(z.unknown()).parse(JSON.parse(told)) };
    return { key, step: Number(step), tensors: Object.fromEntries(tensors), ...(best ? { best } : {}), ...looks };
  } catch (error) {
    const cause = error instanceof RangeError || error instanceof SyntaxError ? error.message : 'other content';
    throw new InputError(`${path}: not a checkpoint of this program, or damaged (${cause}); start anew without it`);
  }
}

/** The bytes as the format wants them; on the rare big-endian machine each group of four is turned round. */
function littleEndian(data: Float32Array | Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return endianness() === 'LE' ? bytes : new Uint8Array(Buffer.from(bytes).swap32());
}

import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RepresentationOutcome } from '../../evaluate/represent/trial.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import { writeAtomic } from '../files.ts';
import { timeline } from '../result.ts';
import { trialPath } from '../trial-file.ts';

/** One finished trial on disk: enough to compute every number of the result again. Answers are base64 of int32. */
const trialFile = z.object({
  schema: z.literal('evenhand.representation-trial/1'),
  id: z.string(),
  width: z.number(),
  threshold: z.object({ rule: z.string(), reason: z.string() }).optional(),
  metrics: z.record(z.string(), z.object({ value: z.number().nullable(), reason: z.string().optional() })),
  rows: z.string(),
  probe: z.string().optional(),
  neighbours: z.string().optional(),
  probeFit: z.object({ rows: z.number(), strength: z.number(), gradientNorm: z.number().optional() }).optional(),
  looks: z.array(
    z.object({ step: z.number(), largestShare: z.number().nullable(), effectiveRank: z.number().nullable() }),
  ),
  timeline: timeline.optional(),
  trainCounts: z.array(z.number()),
  cost: z.object({ trainSeconds: z.number() }),
});

/** Writes a finished trial, whole or not at all. */
export function saveRepresentation(folder: string, id: string, outcome: RepresentationOutcome): void {
  const { trainSeconds, rows, probe, neighbours, metrics, ...rest } = outcome;
  const file = trialFile.parse({
    schema: 'evenhand.representation-trial/1',
    id,
    ...rest,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, { value, reason }]) => [name, { value, ...(reason ? { reason } : {}) }]),
    ),
    rows: toBase64(rows),
    ...(probe ? { probe: toBase64(probe) } : {}),
    ...(neighbours ? { neighbours: toBase64(neighbours) } : {}),
    cost: { trainSeconds },
  });
  writeAtomic(trialPath(folder, id), JSON.stringify(file));
}

/** The trial, or undefined where there is none or its file is damaged (then it is run again). */
export function loadRepresentation(folder: string, id: string): RepresentationOutcome | undefined {
  const path = trialPath(folder, id);
  if (!existsSync(path)) return undefined;
  try {
    const {
      schema,
      id: own,
      cost,
      rows,
      probe,
      neighbours,
      ...rest
    } = trialFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (own !== id) return undefined;
    return {
      ...rest,
      rows: new Int32Array(fromBase64(rows)),
      ...(probe === undefined ? {} : { probe: new Int32Array(fromBase64(probe)) }),
      ...(neighbours === undefined ? {} : { neighbours: new Int32Array(fromBase64(neighbours)) }),
      trainSeconds: cost.trainSeconds,
    };
  } catch {
    return undefined;
  }
}

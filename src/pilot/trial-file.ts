import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrialOutcome } from '../evaluate/trial.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { writeAtomic } from './files.ts';
import { angles, collapse, featureMap } from './result.ts';

const minority = z.object({
  smallestAngle: z.number().nullable(),
  pair: z.tuple([z.number(), z.number()]).nullable(),
  idealAngle: z.number().nullable(),
  perClass: z.array(z.number().nullable()),
  reason: z.string().optional(),
});

const arrangement = z.object({ collapse, means: minority, recall: z.array(z.number().nullable()) });

/** One finished trial on disk: enough to compute every number of the result again. Logits are base64 of float32. */
const trialFile = z.object({
  schema: z.literal('evenhand.trial/1'),
  id: z.string(),
  trainCounts: z.array(z.number()),
  keptAt: z.number(),
  validationLogits: z.string(),
  testLogits: z.string(),
  head: z.object({ lengths: z.array(z.number()), bias: z.array(z.number()) }),
  collapse: z.object({ train: collapse, evaluation: collapse }),
  minority,
  course: z.object({
    classes: z.array(z.number()),
    items: z.object({ train: z.array(z.number()), evaluation: z.array(z.number()) }),
    looks: z.array(z.object({ step: z.number(), classifier: minority, train: arrangement, evaluation: arrangement })),
  }),
  angles: angles.optional(),
  map: featureMap.optional(),
  cost: z.object({ trainSeconds: z.number() }),
});

export const trialPath = (folder: string, id: string) => join(folder, 'trials', `${id}.json`);

/** Where a trial's training is kept while it is not finished. */
export const checkpointPath = (folder: string, id: string): string => join(folder, 'trials', `${id}.safetensors`);

/** Writes a finished trial, whole or not at all. */
export function saveTrial(folder: string, id: string, outcome: TrialOutcome): void {
  const { trainSeconds, validationLogits, testLogits, ...rest } = outcome;
  const file = trialFile.parse({
    schema: 'evenhand.trial/1',
    id,
    ...rest,
    head: { lengths: [...rest.head.lengths], bias: [...rest.head.bias] },
    validationLogits: toBase64(validationLogits),
    testLogits: toBase64(testLogits),
    cost: { trainSeconds },
  });
  writeAtomic(trialPath(folder, id), JSON.stringify(file));
}

/** The trial, or undefined where there is none or its file is damaged (then it is run again). */
export function loadTrial(folder: string, id: string): TrialOutcome | undefined {
  const path = trialPath(folder, id);
  if (!existsSync(path)) return undefined;
  try {
    const file = trialFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (file.id !== id) return undefined;
    const { cost, schema, id: _, ...rest } = file;
    return {
      ...rest,
      trainSeconds: cost.trainSeconds,
      validationLogits: new Float32Array(fromBase64(file.validationLogits)),
      testLogits: new Float32Array(fromBase64(file.testLogits)),
    };
  } catch {
    return undefined;
  }
}

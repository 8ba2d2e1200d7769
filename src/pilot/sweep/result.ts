import { z } from 'zod';
import { estimate, finding } from '../result.ts';

const metrics = z.record(z.string(), estimate);

/** The file of a sweep, `evenhand.sweep/1`. Everything that depends on the clock stands under `times`. */
export const sweepResult = z.object({
  schema: z.literal('evenhand.sweep/1'),
  task: z.enum(['classify', 'represent']),
  method: z.string(),
  strategy: z.enum(['grid', 'random', 'halving']),
  axes: z.array(
    z.union([
      z.object({ name: z.string(), values: z.array(z.string()) }),
      z.object({ name: z.string(), from: z.number(), to: z.number() }),
    ]),
  ),
  criteria: z.array(z.object({ metric: z.string(), margin: z.number(), direction: z.enum(['higher', 'lower']) })),
  /** What the points are measured against, on the same folds and seeds. */
  baseline: z.object({ method: z.string(), metrics }),
  points: z.array(
    z.object({
      settings: z.record(z.string(), z.string()),
      method: z.string(),
      /** Steps of the longest training that the point got (halving gives weak points fewer). */
      steps: z.number().int(),
      metrics,
      /** On every criterion no more than its margin worse than the baseline; null where a number is missing. */
      good: z.boolean().nullable(),
    }),
  ),
  /** Best point on each criterion among those with all steps, a place in `points`. */
  best: z.array(z.object({ metric: z.string(), point: z.number().int().nullable() })),
  sensitivity: z.object({
    region: z.object({ good: z.number().int(), of: z.number().int() }),
    near: z.array(z.object({ metric: z.string(), points: z.number().int(), of: z.number().int() })),
    effects: z.array(z.object({ name: z.string(), metric: z.string(), range: z.number() })),
  }),
  audit: z.array(finding),
  design: z.object({
    hash: z.string(),
    command: z.string(),
    folds: z.number().int(),
    repeats: z.number().int(),
    steps: z.number().int(),
    seed: z.number().int(),
  }),
  software: z.object({ evenhand: z.string(), onnxruntime: z.string(), node: z.string(), device: z.string() }),
  times: z.object({ started: z.string(), seconds: z.number(), workers: z.number().int() }),
});

export type SweepResult = z.infer<typeof sweepResult>;

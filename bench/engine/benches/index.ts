import type { Bench } from '../bench.ts';
import { inferRawRow } from './infer-raw-row.ts';
import { inferRow } from './infer-row.ts';
import { peakMemory } from './peak-memory.ts';
import { startFirstStep } from './start-first-step.ts';
import { startHelp } from './start-help.ts';
import { tableMlpStep } from './table-mlp-step.ts';

/** All benches in the order in which they run. A new one: a file here, its sides in ours/ and peers/, and a line below. */
export const benches: readonly Bench[] = [tableMlpStep, inferRow, inferRawRow, peakMemory, startHelp, startFirstStep];

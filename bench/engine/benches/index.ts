import type { Bench } from '../bench.ts';
import { dilatedStep } from './dilated-step.ts';
import { emarginStep } from './emargin-step.ts';
import { inferRawRow } from './infer-raw-row.ts';
import { inferRow } from './infer-row.ts';
import { peakMemory } from './peak-memory.ts';
import { resnet32Step } from './resnet32-step.ts';
import { startFirstStep } from './start-first-step.ts';
import { startHelp } from './start-help.ts';
import { tableMlpStep } from './table-mlp-step.ts';

/**
 * All benches in the order in which they run. A new one: a file here, its problem in problems/, its sides in ours/ and
 * peers/, and a line below.
 */
export const benches: readonly Bench[] = [
  tableMlpStep,
  emarginStep,
  dilatedStep,
  resnet32Step,
  inferRow,
  inferRawRow,
  peakMemory,
  startHelp,
  startFirstStep,
];

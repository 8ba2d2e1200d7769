import type { SweepResult } from '../../pilot/sweep/result.ts';
import type { Html } from '../html.ts';
import { mapOf } from './axes.ts';
import { lineMaps, scatterMaps } from './charts.ts';
import { heatMaps } from './heat.ts';

const maps = { line: lineMaps, heat: heatMaps, scatter: scatterMaps } as const;

/** Every setting on every criterion, in the picture that suits the number of hyper-parameters. */
export function mapSection(result: SweepResult): Html {
  return maps[mapOf(result.axes)](result);
}

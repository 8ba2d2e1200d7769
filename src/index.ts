/**
 * Evenhand: does a method for rare classes help on your data?
 *
 * ```ts
 * import { pilot, reportHtml } from 'evenhand';
 * const result = await pilot({ files: ['machines.csv'], label: ['failure'], out: 'trial-1' });
 * console.log(result.verdict.outcome);
 * ```
 */
export type { Dataset, Finding, Fold, Task } from './data/dataset.ts';
export { type OpenTaskOptions, openTask } from './data/items/open.ts';
export { readTable } from './data/readers/table.ts';
export { makeFolds } from './data/splits.ts';
export { makeTask, type TableTask, type TaskOptions } from './data/task.ts';
export * from './engine.ts';
export { type Metric, metrics, parseMetric } from './metrics/index.ts';
export { type PilotOptions, pilot } from './pilot/pilot.ts';
export { pilotRepresentation, type RepresentationPilotOptions } from './pilot/represent/pilot.ts';
export { type Result, result as resultSchema } from './pilot/result.ts';
export type { PilotEvent } from './pilot/run.ts';
export { fitMiniRocket, miniRocketFeatures } from './probe/minirocket.ts';
export { ridge } from './probe/ridge.ts';
export { reportHtml } from './report/index.ts';
export { loadCheckpoint, saveCheckpoint } from './train/checkpoint.ts';

import { existsSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { RepresentationData } from '../evaluate/represent/parts.ts';
import { fitRepresentation, type RepresentationSettings, runRepresentation } from '../evaluate/represent/trial.ts';
import { fit, runTrial, type TrialData, type TrialSettings } from '../evaluate/trial.ts';
import { parseMethod } from '../methods/index.ts';
import { parseRepresentation } from '../methods/represent/index.ts';
import { loadCheckpoint, saveCheckpoint } from '../train/checkpoint.ts';
import type { LoopOptions } from '../train/loop.ts';
import { RepresentationTrainer } from '../train/represent/trainer.ts';
import { Trainer } from '../train/trainer.ts';
import type { Jobs, WorkerData, WorkerMessage, WorkerTask } from './local.ts';

/** A worker thread: takes jobs one by one, reports its steps and hands back the outcome. */
const { data, device, stop } = workerData as WorkerData;
const trainer = new Trainer({ device });
const encoders = new RepresentationTrainer({ device });
const send = (message: WorkerMessage) => parentPort?.postMessage(message);

/** Runs a job on what was sent. */
type Run = (task: WorkerTask, watch: LoopOptions) => Promise<Jobs[keyof Jobs]['outcome']>;

/** The settings with the method that its text names. */
function complete<S extends { readonly plan: object }>(
  { settings, training }: WorkerTask,
  parse: (text: string) => object,
) {
  const { plan, ...rest } = settings as { readonly plan: object };
  return { ...rest, plan: { ...plan, spec: parse(training) } } as unknown as S;
}

const tables = data as TrialData;
const series = data as RepresentationData;
const jobs: Readonly<Record<keyof Jobs, Run>> = {
  trial: (task, watch) => runTrial(trainer, tables, task.fold, complete<TrialSettings>(task, parseMethod), watch),
  fit: (task, watch) => fit(trainer, tables, task.fold, complete<TrialSettings>(task, parseMethod), watch),
  represent: (task, watch) =>
    runRepresentation(encoders, series, task.fold, complete<RepresentationSettings>(task, parseRepresentation), watch),
  'fit-encoder': (task, watch) =>
    fitRepresentation(encoders, series, task.fold, complete<RepresentationSettings>(task, parseRepresentation), watch),
};
const stopping = new AbortController();
/** What a killed process may lose of a long training. */
const CHECKPOINT_SECONDS = 60;

parentPort?.on('message', async (task: WorkerTask | 'end') => {
  if (task === 'end') return parentPort?.close();
  const { job, checkpoint } = task;
  try {
    const outcome = await jobs[job](task, {
      signal: stopping.signal,
      ...(checkpoint ? keeping(checkpoint) : {}),
      onStep: ({ step }) => {
        if (Atomics.load(stop, 0) !== 0) stopping.abort();
        else send({ kind: 'step', step });
      },
    });
    if (checkpoint) rmSync(checkpoint, { force: true });
    send({ kind: 'done', outcome });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

/** Takes a training up where its file says, and keeps that file. One that is damaged or of another training is none. */
function keeping(path: string): LoopOptions {
  const onCheckpoint: LoopOptions['onCheckpoint'] = (state) => saveCheckpoint(path, state);
  try {
    return {
      checkpointSeconds: CHECKPOINT_SECONDS,
      onCheckpoint,
      resume: existsSync(path) ? loadCheckpoint(path) : undefined,
    };
  } catch {
    return { checkpointSeconds: CHECKPOINT_SECONDS, onCheckpoint };
  }
}

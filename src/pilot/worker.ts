import { existsSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fit, runTrial } from '../evaluate/trial.ts';
import { parseMethod } from '../methods/index.ts';
import { loadCheckpoint, saveCheckpoint } from '../train/checkpoint.ts';
import type { LoopOptions } from '../train/loop.ts';
import { Trainer } from '../train/trainer.ts';
import type { WorkerData, WorkerMessage, WorkerTask } from './local.ts';

/** A worker thread: takes jobs one by one, reports its steps and hands back the outcome. */
const { data, device, stop } = workerData as WorkerData;
const trainer = new Trainer({ device });
const send = (message: WorkerMessage) => parentPort?.postMessage(message);
const jobs = { trial: runTrial, fit };
const stopping = new AbortController();
/** What a killed process may lose of a long training. */
const CHECKPOINT_SECONDS = 60;

parentPort?.on('message', async (task: WorkerTask | 'end') => {
  if (task === 'end') return parentPort?.close();
  const { job, training, fold, plan, seed, stopOn, checkpoint } = task;
  try {
    const settings = { plan: { ...plan, spec: parseMethod(training) }, seed, stopOn };
    const outcome = await jobs[job](trainer, data, fold, settings, {
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

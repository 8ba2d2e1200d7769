import { parentPort, workerData } from 'node:worker_threads';
import { fit, runTrial } from '../evaluate/trial.ts';
import { parseMethod } from '../methods/index.ts';
import { Trainer } from '../train/trainer.ts';
import type { WorkerData, WorkerMessage, WorkerTask } from './local.ts';

/** A worker thread: takes jobs one by one, reports its steps and hands back the outcome. */
const { data, device, stop } = workerData as WorkerData;
const trainer = new Trainer({ device });
const send = (message: WorkerMessage) => parentPort?.postMessage(message);
const jobs = { trial: runTrial, fit };
const stopping = new AbortController();

parentPort?.on('message', async (task: WorkerTask | 'end') => {
  if (task === 'end') return parentPort?.close();
  const { job, training, fold, plan, seed, stopOn } = task;
  try {
    const settings = { plan: { ...plan, spec: parseMethod(training) }, seed, stopOn };
    const outcome = await jobs[job](trainer, data, fold, settings, {
      signal: stopping.signal,
      onStep: ({ step }) => {
        if (Atomics.load(stop, 0) !== 0) stopping.abort();
        else send({ kind: 'step', step });
      },
    });
    send({ kind: 'done', outcome });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

import { parentPort, workerData } from 'node:worker_threads';
import { fit, runTrial, type TrialData } from '../evaluate/trial.ts';
import { parseMethod } from '../methods/index.ts';
import { Trainer } from '../train/trainer.ts';
import type { WorkerMessage, WorkerTask } from './local.ts';

/** A worker thread: takes jobs one by one, reports its steps and hands back the outcome. */
const data = workerData as TrialData;
const trainer = new Trainer();
const send = (message: WorkerMessage) => parentPort?.postMessage(message);
const jobs = { trial: runTrial, fit };

parentPort?.on('message', async ({ job, training, fold, plan, seed, stopOn }: WorkerTask) => {
  try {
    const settings = { plan: { ...plan, spec: parseMethod(training) }, seed, stopOn };
    const outcome = await jobs[job](trainer, data, fold, settings, ({ step }) => send({ kind: 'step', step }));
    send({ kind: 'done', outcome });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

import { parentPort, workerData } from 'node:worker_threads';
import { runTrial, type TrialData } from '../evaluate/trial.ts';
import { parseMethod } from '../methods/index.ts';
import { Trainer } from '../train/trainer.ts';
import type { WorkerMessage, WorkerTask } from './local.ts';

/** A worker thread: takes trials one by one, reports its steps and hands back the outcome. */
const data = workerData as TrialData;
const trainer = new Trainer();
const send = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', async ({ id, training, fold, plan, seed, stopOn }: WorkerTask) => {
  try {
    const settings = { plan: { ...plan, spec: parseMethod(training) }, seed, stopOn };
    const outcome = await runTrial(trainer, data, fold, settings, ({ step, steps }) => {
      if (step % 50 === 0 || step === steps) send({ kind: 'step', id, step });
    });
    send({ kind: 'done', id, outcome });
  } catch (error) {
    send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});

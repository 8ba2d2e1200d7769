import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Fold } from '../data/dataset.ts';
import type { RepresentationData } from '../evaluate/represent/parts.ts';
import type {
  FittedRepresentation,
  RepresentationOutcome,
  RepresentationSettings,
} from '../evaluate/represent/trial.ts';
import type { Fitted, TrialData, TrialOutcome, TrialSettings } from '../evaluate/trial.ts';
import { type DeviceName, defaultDevice } from '../runtime/devices.ts';

/** What a worker can be asked to do: with which data and settings, and what comes back. */
export interface Jobs {
  /** Fit on the fold's training rows, judge on its test rows. */
  trial: Job<TrialData, TrialSettings, TrialOutcome>;
  /** Fit alone. */
  fit: Job<TrialData, TrialSettings, Fitted>;
  /** The same for encoders of windows. */
  represent: Job<RepresentationData, RepresentationSettings, RepresentationOutcome>;
  'fit-encoder': Job<RepresentationData, RepresentationSettings, FittedRepresentation>;
}

interface Job<Data, Settings, Outcome> {
  data: Data;
  settings: Settings;
  outcome: Outcome;
}

/** One training on one fold; arms with the same training share it. */
export interface PlannedTrial<Settings> {
  readonly id: string;
  /** The method with its settings as text. */
  readonly training: string;
  readonly fold: Fold;
  readonly settings: Settings;
}

export interface WorkerData {
  readonly data: Jobs[keyof Jobs]['data'];
  readonly device: DeviceName;
  /** Shared; not 0: give up the job in hand at the next step. */
  readonly stop: Int32Array;
}

export interface WorkerTask {
  readonly job: keyof Jobs;
  /** Method text: functions do not travel between threads. */
  readonly training: string;
  readonly fold: Fold;
  /** Without the method. */
  readonly settings: object;
  /** File for what is trained so far; a training that was stopped goes on from there. */
  readonly checkpoint?: string;
}

export type WorkerMessage =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'done'; readonly outcome: Jobs[keyof Jobs]['outcome'] }
  | { readonly kind: 'failed'; readonly message: string };

export interface ExecutorOptions<J extends keyof Jobs> {
  readonly workers?: number;
  /** Where the workers compute; default: the processor. */
  readonly device?: DeviceName;
  readonly signal?: AbortSignal;
  /** File for a trial's training while it is not finished: written at a stop and now and then. */
  readonly checkpoint?: (trial: PlannedTrial<Jobs[J]['settings']>) => string;
  readonly onStep?: (trial: PlannedTrial<Jobs[J]['settings']>, step: number) => void;
  /** A finished trial; called once each, in the order in which they finish. */
  readonly onDone: (trial: PlannedTrial<Jobs[J]['settings']>, outcome: Jobs[J]['outcome']) => void;
}

/** One thread a trial: two trials of one thread each beat one of two. */
export function defaultWorkers(): number {
  return Math.max(1, availableParallelism());
}

/**
 * Runs trials on worker threads of this machine; the calling thread stays free.
 * @throws Error when a trial fails, naming it; the abort reason when `signal` fires
 */
export async function runLocally<J extends keyof Jobs>(
  job: J,
  trials: readonly PlannedTrial<Jobs[J]['settings']>[],
  data: Jobs[J]['data'],
  { workers = defaultWorkers(), device = defaultDevice, signal, checkpoint, onStep, onDone }: ExecutorOptions<J>,
): Promise<void> {
  if (trials.length === 0) return;
  signal?.throwIfAborted();
  const queue = [...trials];
  const threads: { worker: Worker; ended: Promise<void> }[] = [];
  const stop = new Int32Array(new SharedArrayBuffer(4));
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      let left = trials.length;
      const start = () => {
        const worker = new Worker(new URL(import.meta.url.replace(/local\.(ts|js)$/, 'worker.$1')), {
          workerData: { data, device, stop } satisfies WorkerData,
        });
        threads.push({ worker, ended: new Promise((gone) => worker.on('exit', () => gone())) });
        let current: PlannedTrial<Jobs[J]['settings']> | undefined;
        const next = () => {
          current = queue.shift();
          if (!current) return;
          const { training, fold, settings } = current;
          const { spec, ...plan } = settings.plan;
          worker.postMessage({
            job,
            training,
            fold,
            settings: { ...settings, plan },
            checkpoint: checkpoint?.(current),
          } satisfies WorkerTask);
        };
        worker.on('message', (message: WorkerMessage) => {
          if (!current || signal?.aborted) return;
          if (message.kind === 'step') return onStep?.(current, message.step);
          if (message.kind === 'failed') return reject(new Error(`${nameOf(current)}: ${message.message}`));
          try {
            onDone(current, message.outcome as Jobs[J]['outcome']);
          } catch (error) {
            return reject(error);
          }
          if (--left === 0) resolve();
          else next();
        });
        worker.on('error', (error) => reject(new Error(`${current ? nameOf(current) : 'worker'}: ${error.message}`)));
        worker.on('exit', (code) => {
          if (code !== 0) reject(new Error(`${current ? nameOf(current) : 'worker'}: the thread ended with ${code}`));
        });
        next();
      };
      for (let i = 0; i < Math.min(workers, trials.length); i++) start();
    });
  } finally {
    // Asked, not terminated: a thread that is ended within a native call takes the whole process with it.
    Atomics.store(stop, 0, 1);
    for (const { worker } of threads) worker.postMessage('end');
    await Promise.all(threads.map(({ ended }) => ended));
  }
}

/** A trial in words. */
export function nameOf({ training, fold }: Pick<PlannedTrial<unknown>, 'training' | 'fold'>): string {
  return `${training}, repeat ${fold.repeat + 1}, fold ${fold.fold + 1}`;
}

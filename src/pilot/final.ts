import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../data/dataset.ts';
import { inferenceMicroseconds } from '../evaluate/cost.ts';
import { exportClassifier, rawItem } from '../evaluate/export-items.ts';
import type { Floor } from '../evaluate/operating-point.ts';
import { headNumbers, rescaled, rescaledNet } from '../evaluate/rescale.ts';
import { completePlan, type Fitted, trialData } from '../evaluate/trial.ts';
import { netOf } from '../train/graphs.ts';
import { writeAtomic } from './files.ts';
import { type ExecutorOptions, runLocally } from './local.ts';
import { offsetOf, operatingPoints } from './outcomes.ts';
import type { ArmPlan, PilotPlan } from './plan.ts';
import type { Arm } from './result.ts';

type ModelCost = Pick<Arm['cost'], 'inferenceMicroseconds' | 'modelBytes'>;

/**
 * Trains the named arms once more, on all labelled items but the validation part of the last fold of the first repeat,
 * chooses each operating point there as in the trials, and writes `models/METHOD.onnx`.
 * The first of `arms` must be the baseline: it sets the guards. No arms: nothing is trained and no folder made.
 */
export async function saveModels(
  task: Task,
  plan: PilotPlan,
  arms: readonly ArmPlan[],
  { folder, ...executor }: { folder: string } & Pick<ExecutorOptions<'fit'>, 'workers' | 'device' | 'signal'>,
): Promise<Map<string, ModelCost>> {
  if (arms.length === 0) return new Map();
  const last = plan.folds.filter((f) => f.repeat === 0).at(-1);
  if (!last) throw new RangeError('saveModels: the plan has no folds');
  // Where the data come divided, their test items stay unseen.
  const side = plan.scheme === 'given' ? last.train : Int32Array.from([...last.train, ...last.test]).sort();
  const fold = { ...last, train: side };
  const trainings = [...new Set(arms.map(({ spec }) => spec.training))];
  const finals = trainings.flatMap((training) => {
    const trial = plan.trials.find((t) => t.training === training);
    return trial ? [{ ...trial, fold }] : [];
  });
  const fitted = new Map<string, Fitted>();
  await runLocally('fit', finals, trialData(task), {
    ...executor,
    onDone: ({ training }, outcome) => fitted.set(training, outcome),
  });

  mkdirSync(join(folder, 'models'), { recursive: true });
  const labels = Int32Array.from(fold.validation, (row) => task.labels[row]);
  const choose = operatingPoints(plan, task.classes);
  const costs = new Map<string, ModelCost>();
  let floors: Floor[] = [];
  for (const arm of arms) {
    const { spec } = arm;
    const own = fitted.get(spec.training);
    const settings = finals.find((t) => t.training === spec.training)?.settings;
    if (!own || !settings) throw new RangeError(`saveModels: ${spec.name} was not trained`);
    const complete = completePlan({ ...settings.plan, spec }, own.fitted, task.classes.length);
    const layers = netOf(complete);
    const trained = { logits: own.validationLogits, labels, counts: own.net.counts };
    const rescaling = choose.rescaling(arm, headNumbers(layers, own.net), trained);
    const judged = rescaling ? { ...trained, logits: rescaled(trained.logits, rescaling) } : trained;
    const net = rescaling ? rescaledNet(own.net, layers, rescaling) : own.net;
    if (arm.role === 'baseline') floors = choose.floors(arm, judged);
    const gamma = choose.gamma(arm, judged, floors) + offsetOf(arm);
    const model = exportClassifier(own.fitted, { plan: complete, net, classes: task.classes, gamma });
    writeAtomic(modelPath(folder, spec.name), model);
    const row = rawItem(own.fitted, task.items, fold.train[0]);
    costs.set(spec.name, {
      inferenceMicroseconds: await inferenceMicroseconds(model, row),
      modelBytes: model.byteLength,
    });
  }
  return costs;
}

/** Where an arm's model lies. */
export function modelPath(folder: string, method: string): string {
  return join(folder, 'models', `${method.replaceAll(/[^a-z0-9.=-]+/gi, '_')}.onnx`);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../data/dataset.ts';
import { inferenceMicroseconds } from '../evaluate/cost.ts';
import { decide } from '../evaluate/decide.ts';
import { exportModel, rawInputs } from '../evaluate/export.ts';
import { type Floor, floorsOf, operatingPoint } from '../evaluate/operating-point.ts';
import { fit, type TrialData } from '../evaluate/trial.ts';
import { parseMetric } from '../metrics/index.ts';
import { Trainer } from '../train/trainer.ts';
import { writeAtomic } from './files.ts';
import { guardsOf } from './outcomes.ts';
import type { ArmPlan, PilotPlan } from './plan.ts';
import type { Arm } from './result.ts';

type ModelCost = Pick<Arm['cost'], 'inferenceMicroseconds' | 'modelBytes'>;

/**
 * Trains the named arms once more, on all labelled rows but the validation part of the last fold of the first repeat,
 * chooses each operating point there as in the trials, and writes `models/METHOD.onnx`.
 * The first of `arms` must be the baseline: it sets the guards.
 */
export async function saveModels(
  task: Task,
  data: TrialData,
  plan: PilotPlan,
  arms: readonly ArmPlan[],
  folder: string,
): Promise<Map<string, ModelCost>> {
  mkdirSync(join(folder, 'models'), { recursive: true });
  const trainer = new Trainer();
  const last = plan.folds.filter((f) => f.repeat === 0).at(-1);
  if (!last) throw new RangeError('saveModels: the plan has no folds');
  const fold = { ...last, train: Int32Array.from([...last.train, ...last.test]).sort() };
  const labels = Int32Array.from(fold.validation, (row) => task.labels[row]);
  const classes = task.classes.length;
  const criterion = parseMetric(plan.choices.criteria[0].metric, task.classes).metric;
  const costs = new Map<string, ModelCost>();
  let floors: Floor[] = [];
  for (const { spec, role } of arms) {
    const trial = plan.trials.find((t) => t.training === spec.training);
    if (!trial) throw new RangeError(`saveModels: no trial of ${spec.name}`);
    const fitted = await fit(trainer, data, fold, { ...trial.settings, plan: { ...trial.settings.plan, spec } });
    const { counts } = fitted.net;
    const offset = spec.method.decision?.(spec.settings) ?? 0;
    let gamma = 0;
    if (role === 'baseline') {
      const evaluated = { classes, labels, predictions: decide(fitted.validationLogits, counts, offset) };
      floors = floorsOf(guardsOf(plan, task.classes), evaluated);
    } else if (labels.length > 0)
      gamma = operatingPoint({ logits: fitted.validationLogits, labels, counts, offset }, criterion, floors);
    const model = exportModel(fitted, task.classes, gamma + offset);
    writeAtomic(join(folder, 'models', `${spec.name.replaceAll(/[^a-z0-9.=-]+/gi, '_')}.onnx`), model);
    const row = rawInputs(fitted.preprocessing, task.inputs, [fold.train[0]]);
    costs.set(spec.name, {
      inferenceMicroseconds: await inferenceMicroseconds(model, row),
      modelBytes: model.byteLength,
    });
  }
  return costs;
}

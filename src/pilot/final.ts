import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../data/dataset.ts';
import { inferenceMicroseconds } from '../evaluate/cost.ts';
import { decide } from '../evaluate/decide.ts';
import { exportModel, rawInputs } from '../evaluate/export.ts';
import { type Floor, floorsOf, operatingPoint } from '../evaluate/operating-point.ts';
import { completePlan, type Fitted } from '../evaluate/trial.ts';
import { parseMetric } from '../metrics/index.ts';
import { writeAtomic } from './files.ts';
import { type ExecutorOptions, runLocally } from './local.ts';
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
  plan: PilotPlan,
  arms: readonly ArmPlan[],
  { folder, ...executor }: { folder: string } & Pick<ExecutorOptions<Fitted>, 'workers' | 'signal'>,
): Promise<Map<string, ModelCost>> {
  const last = plan.folds.filter((f) => f.repeat === 0).at(-1);
  if (!last) throw new RangeError('saveModels: the plan has no folds');
  const fold = { ...last, train: Int32Array.from([...last.train, ...last.test]).sort() };
  const trainings = [...new Set(arms.map(({ spec }) => spec.training))];
  const finals = trainings.flatMap((training) => {
    const trial = plan.trials.find((t) => t.training === training);
    return trial ? [{ ...trial, fold }] : [];
  });
  const fitted = new Map<string, Fitted>();
  const classes = task.classes.length;
  await runLocally(
    'fit',
    finals,
    { inputs: task.inputs, labels: task.labels, classes },
    {
      ...executor,
      onDone: ({ training }, outcome) => fitted.set(training, outcome),
    },
  );

  mkdirSync(join(folder, 'models'), { recursive: true });
  const labels = Int32Array.from(fold.validation, (row) => task.labels[row]);
  const criterion = parseMetric(plan.choices.criteria[0].metric, task.classes).metric;
  const costs = new Map<string, ModelCost>();
  let floors: Floor[] = [];
  for (const { spec, role } of arms) {
    const own = fitted.get(spec.training);
    const settings = finals.find((t) => t.training === spec.training)?.settings;
    if (!own || !settings) throw new RangeError(`saveModels: ${spec.name} was not trained`);
    const { net, preprocessing, validationLogits: logits } = own;
    const { counts } = net;
    const offset = spec.method.decision?.(spec.settings) ?? 0;
    if (role === 'baseline') {
      const predictions = decide(logits, counts, offset);
      floors = floorsOf(guardsOf(plan, task.classes), { classes, labels, predictions });
    }
    const free = role !== 'baseline' && labels.length > 0;
    const gamma = free ? operatingPoint({ logits, labels, counts, offset }, criterion, floors) : 0;
    const complete = completePlan({ ...settings.plan, spec }, preprocessing, classes);
    const model = exportModel({ net, preprocessing, plan: complete }, task.classes, gamma + offset);
    writeAtomic(join(folder, 'models', `${spec.name.replaceAll(/[^a-z0-9.=-]+/gi, '_')}.onnx`), model);
    const row = rawInputs(preprocessing, task.inputs, [fold.train[0]]);
    costs.set(spec.name, {
      inferenceMicroseconds: await inferenceMicroseconds(model, row),
      modelBytes: model.byteLength,
    });
  }
  return costs;
}

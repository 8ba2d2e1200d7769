import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inferenceMicroseconds } from '../../evaluate/cost.ts';
import { exportSeriesModel, rawWindows } from '../../evaluate/export-series.ts';
import type { FittedRepresentation } from '../../evaluate/represent/trial.ts';
import { sequenceEncoder } from '../../train/represent/encoder.ts';
import { writeAtomic } from '../files.ts';
import { modelPath } from '../final.ts';
import { type ExecutorOptions, runLocally } from '../local.ts';
import type { RepresentationArm } from '../result.ts';
import type { RepresentationPilotPlan } from './plan.ts';

type ModelCost = Pick<RepresentationArm['cost'], 'inferenceMicroseconds' | 'modelBytes'>;

/**
 * Trains the encoders of the named arms once more, on all windows, and writes `models/METHOD.onnx`: raw windows in,
 * embeddings out. Arms without a trained encoder have no file.
 */
export async function saveEncoders(
  plan: RepresentationPilotPlan,
  methods: readonly string[],
  { folder, ...executor }: { folder: string } & Pick<ExecutorOptions<'fit-encoder'>, 'workers' | 'device' | 'signal'>,
): Promise<ReadonlyMap<string, ModelCost>> {
  const { windows } = plan.data;
  const known = windows.counts.filter((n) => n > 0).length;
  const arms = plan.arms.filter(
    ({ spec: { name, method } }) =>
      methods.includes(name) && method.embeds === 'trained' && (!method.usesLabels || known >= 2),
  );
  const all = { repeat: 0, fold: -1, train: Int32Array.from({ length: windows.rows }, (_, i) => i) };
  const fold = { ...all, validation: new Int32Array(), test: new Int32Array() };
  const finals = arms.flatMap(({ spec }) => {
    const trial = plan.trials.find(({ training }) => training === spec.name);
    return trial ? [{ ...trial, fold }] : [];
  });
  const fitted = new Map<string, FittedRepresentation>();
  await runLocally('fit-encoder', finals, plan.data, {
    ...executor,
    onDone: ({ training }, outcome) => fitted.set(training, outcome),
  });
  if (fitted.size > 0) mkdirSync(join(folder, 'models'), { recursive: true });
  const costs = new Map<string, ModelCost>();
  for (const { spec } of arms) {
    const own = fitted.get(spec.name);
    if (!own) throw new RangeError(`saveEncoders: ${spec.name} was not trained`);
    const { preprocessing, net } = own;
    const encoder = sequenceEncoder({ ...own.plan, spec }, own.plan.sequenceSteps);
    const model = exportSeriesModel(preprocessing, {
      method: spec.name,
      encoder: encoder.spec,
      shape: encoder.shape,
      net,
    });
    writeAtomic(modelPath(folder, spec.name), model);
    const steps = encoder.alone ? undefined : own.plan.sequenceSteps;
    costs.set(spec.name, {
      inferenceMicroseconds: await inferenceMicroseconds(
        model,
        rawWindows(preprocessing, windows, 0, steps),
        'embeddings',
      ),
      modelBytes: model.byteLength,
    });
  }
  return costs;
}

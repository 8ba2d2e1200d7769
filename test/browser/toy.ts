/** What the browser and Node both do, each with its own build of the library. Only types are imported. */
import type * as Evenhand from '../../src/browser.ts';
import type { Op } from '../../src/graph/tensor.ts';

type Library = typeof Evenhand;

/** Probabilities that a model gives for a table, row by row. */
export async function answers({ openModel }: Library, model: Uint8Array, columns: Evenhand.Columns) {
  const opened = await openModel(model);
  const rows = await opened.predict(columns);
  await opened.release();
  return { classes: opened.classes, probabilities: rows.map((row) => [...row]) };
}

/** Two classes, one of them rare, that a line through the plane all but separates. */
function rows({ stream }: Library): Evenhand.Rows {
  const random = stream(4, 'toy');
  const labels = Int32Array.from({ length: 120 }, (_, i) => (i % 6 === 0 ? 1 : 0));
  const x = Float32Array.from({ length: 240 }, (_, i) => random.normal() + 2 * labels[i >> 1]);
  return { x, labels };
}

/** Fifty steps of cross-entropy: the losses on the way and the parameters at the end. */
export async function training(library: Library) {
  const { Trainer, parseMethod, trainingDefaults } = library;
  const losses: number[] = [];
  const net = await new Trainer().train(
    {
      ...trainingDefaults,
      spec: parseMethod('cross-entropy'),
      shape: [2],
      classes: 2,
      encoder: { kind: 'mlp', widths: [8, 4] },
      steps: 50,
      batch: 32,
      learningRate: 1e-2,
    },
    rows(library),
    { seed: 7, onStep: (event) => losses.push(Object.values(event.losses).reduce((a, b) => a + b)) },
  );
  return { losses, parameters: [...net.parameters] };
}

/** The outcome of every op on its examples; for an op that fails, the error's message. */
export async function everyOp({ ops, compile, feed }: Library): Promise<Record<string, (string | number[])[]>> {
  const outcomes: Record<string, (string | number[])[]> = {};
  for (const op of ops.ops as readonly Op[]) {
    outcomes[op.name] = [];
    for (const { inputs, attributes = {} } of op.examples) {
      const tensors = inputs.map((v, i) => ops.input(`x${i}`, v.shape, v.dtype));
      const y = { op, inputs: tensors, attributes, ...op.infer(tensors, attributes) };
      try {
        const program = await compile({ y });
        const result = await program.run(Object.fromEntries(inputs.map((v, i) => [`x${i}`, feed(v)])));
        outcomes[op.name].push(Array.from(result.y.data as ArrayLike<number>, Number));
        await program.release();
      } catch (error) {
        outcomes[op.name].push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  return outcomes;
}

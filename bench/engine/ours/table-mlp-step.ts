import { float32, int32 } from '../../../src/array/array.ts';
import { adamw, cosine } from '../../../src/optim/index.ts';
import { feed } from '../../../src/runtime/session.ts';
import { trainingGraph } from '../../../src/train/graphs.ts';
import { readProblem } from '../problems/file.ts';
import { planOf, type TableProblem } from '../problems/table.ts';
import { serveSteps } from './steps.ts';

const problem = readProblem<TableProblem>(process.argv[2]);
const { steps, inputs, x, labels, weightDecay } = problem;
const graph = trainingGraph(planOf(steps));

await serveSteps({
  problem,
  graph,
  optimiser: adamw({ weightDecay }),
  buffers: graph.layout.net.buffers,
  feeds: { x: feed(float32([labels.length, inputs], x)), labels: feed(int32([labels.length], labels)) },
  learningRate: (t) => cosine(problem.learningRate, t, steps),
});

import { float32 } from '../../../src/array/array.ts';
import { gather, input, reshape } from '../../../src/graph/ops/index.ts';
import { emargin } from '../../../src/losses/contrastive/emargin.ts';
import { adamw } from '../../../src/optim/index.ts';
import { feed } from '../../../src/runtime/session.ts';
import { stepGraph } from '../../../src/train/step.ts';
import { type EmarginProblem, projector } from '../problems/emargin.ts';
import { readProblem } from '../problems/file.ts';
import { serveSteps } from './steps.ts';

const problem = readProblem<EmarginProblem>(process.argv[2]);
const { batch, length, features, margin, theta, x, weightDecay } = problem;
const net = projector(features);
const optimiser = adamw({ weightDecay });

await serveSteps({
  problem,
  graph: stepGraph({
    ...{ parameters: net.parameters, buffers: net.buffers, optimiser },
    objective(scope) {
      const sequences = gather(input('indices', ['steps', batch], 'int32'), scope.t);
      const windows = gather(input('x', ['sequences', length, features]), sequences);
      const rows = reshape(windows, [batch * length, features]);
      const z = net.apply(rows, scope);
      return emargin.build({ z, steps: length, features: rows, threshold: theta }, { margin });
    },
  }),
  optimiser,
  buffers: net.buffers,
  feeds: { x: feed(float32([x.length / length / features, length, features], x)) },
});

import { float32 } from '../../../src/array/array.ts';
import { gather, input, mean, mul, reshape, sub } from '../../../src/graph/ops/index.ts';
import { adamw } from '../../../src/optim/index.ts';
import { feed } from '../../../src/runtime/session.ts';
import { stepGraph } from '../../../src/train/step.ts';
import { type DilatedProblem, stack } from '../problems/dilated.ts';
import { readProblem } from '../problems/file.ts';
import { serveSteps } from './steps.ts';

const problem = readProblem<DilatedProblem>(process.argv[2]);
const { batch, channels, length, width, x, targets, weightDecay } = problem;
const net = stack(problem);
const optimiser = adamw({ weightDecay });

await serveSteps({
  problem,
  graph: stepGraph({
    ...{ parameters: net.parameters, buffers: net.buffers, optimiser },
    objective(scope) {
      const drawn = gather(input('indices', ['steps', batch], 'int32'), scope.t);
      const h = net.apply(gather(input('x', ['series', channels, length]), drawn), scope);
      const target = gather(input('targets', ['series', width]), drawn);
      const gap = sub(h, reshape(target, [batch, width, 1]));
      return { 'mean square': mean(mul(gap, gap), { axes: [0, 1, 2] }) };
    },
  }),
  optimiser,
  convolves: true,
  buffers: net.buffers,
  feeds: {
    x: feed(float32([x.length / channels / length, channels, length], x)),
    targets: feed(float32([targets.length / width, width], targets)),
  },
});

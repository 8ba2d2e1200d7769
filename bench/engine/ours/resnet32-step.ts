import { float32, int32 } from '../../../src/array/array.ts';
import { gather, input } from '../../../src/graph/ops/index.ts';
import { oneHot } from '../../../src/graph/segments.ts';
import { crossEntropy } from '../../../src/losses/cross-entropy.ts';
import { meanOverRows } from '../../../src/losses/loss.ts';
import { sgd } from '../../../src/optim/index.ts';
import { feed } from '../../../src/runtime/session.ts';
import { stepGraph } from '../../../src/train/step.ts';
import { readProblem } from '../problems/file.ts';
import { type ResNet32Problem, resnet32 } from '../problems/resnet32.ts';
import { serveSteps } from './steps.ts';

const problem = readProblem<ResNet32Problem>(process.argv[2]);
const { batch, channels, size, classes, momentum, weightDecay, x, labels } = problem;
const { encoder, head, parameters, buffers } = resnet32(problem);
const optimiser = sgd({ momentum, weightDecay });

await serveSteps({
  problem,
  graph: stepGraph({
    ...{ parameters, buffers, optimiser },
    objective(scope) {
      const drawn = gather(input('indices', ['steps', batch], 'int32'), scope.t);
      const pictures = gather(input('x', ['pictures', channels, size, size]), drawn);
      const target = oneHot(gather(input('labels', ['pictures'], 'int32'), drawn), classes);
      const logits = head.logits(encoder.apply(pictures, scope), scope);
      return { 'cross-entropy': meanOverRows(crossEntropy.build({ logits, target })) };
    },
  }),
  optimiser,
  convolves: true,
  buffers,
  feeds: {
    x: feed(float32([labels.length, channels, size, size], x)),
    labels: feed(int32([labels.length], labels)),
  },
});

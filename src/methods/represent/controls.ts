import { div, logSoftmax, maximum, mul, neg, sum } from '../../graph/ops/index.ts';
import { linearHead } from '../../nn/head.ts';
import { type RepresentationMethod, usual } from './method.ts';

/** The items as they go into an encoder. */
export const raw: RepresentationMethod = {
  ...usual,
  name: 'raw',
  source: 'control: the features themselves',
  embeds: 'items',
};

/** The encoder at its first values. */
export const untrained: RepresentationMethod = {
  ...usual,
  name: 'untrained',
  source: 'control: an encoder that was never trained',
  embeds: 'untrained',
};

/** MiniRocket's features of every window with a ridge classifier: what a quick classifier without learning reaches. */
export const minirocket: RepresentationMethod = {
  ...usual,
  name: 'minirocket',
  source: 'Dempster, Schmidt, Webb 2021',
  embeds: 'minirocket',
};

/** The encoder trained with the labels of the training windows: about what the encoder can reach. */
export const supervised: RepresentationMethod = {
  ...usual,
  name: 'supervised',
  source: 'bound: the same encoder, trained with labels by cross-entropy',
  embeds: 'trained',
  usesLabels: true,
  variables: (width, classes) => linearHead(width, classes).parameters,
  objective: ({ windows: { z }, target, scope }) => {
    if (!target) throw new TypeError('supervised: needs labels');
    const head = linearHead(Number(z.shape[1]), Number(target.shape[1]));
    const logs = logSoftmax(head.logits(z, scope));
    const known = maximum(sum(target, { axes: [0, 1] }), 1);
    return { 'cross-entropy': div(neg(sum(mul(logs, target), { axes: [0, 1] })), known) };
  },
};

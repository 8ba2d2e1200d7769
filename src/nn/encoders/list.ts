import { cnn2dEncoder } from './cnn-2d.ts';
import { contextEncoder } from './context.ts';
import { dilatedEncoder } from './dilated.ts';
import type { Encoder } from './encoder.ts';
import { inceptionTimeEncoder } from './inception-time.ts';
import { mlpEncoder } from './mlp.ts';
import { pointwiseEncoder } from './pointwise.ts';
import { resnet1dEncoder } from './resnet-1d.ts';
import { resnetCifarEncoder } from './resnet-cifar.ts';

/** Every encoder there is, the simplest first for each kind of item. The contract test walks this list. */
export const encoders: readonly Encoder[] = [
  mlpEncoder,
  resnet1dEncoder,
  inceptionTimeEncoder,
  dilatedEncoder,
  pointwiseEncoder,
  contextEncoder,
  cnn2dEncoder,
  resnetCifarEncoder,
];

import { gelu, identity } from '../activation.ts';
import { residual } from '../combine.ts';
import { conv1d } from '../conv.ts';
import { dropout } from '../dropout.ts';
import { globalMaxPool } from '../pool.ts';
import { type Layer, sequential } from '../variable.ts';
import { encoder, share, whole, word } from './encoder.ts';

export interface DilatedOptions {
  /** Channels within the stack. */
  readonly width?: number;
  /** Residual blocks of that width; block i has dilation 2^i. One more leads to the embedding. */
  readonly depth?: number;
  /** Channels of the last block: the embedding. */
  readonly outputs?: number;
  readonly kernel?: number;
  /** 'max': one vector a series (largest value over time); 'none': one a point in time. Default 'max'. */
  readonly pool?: 'max' | 'none';
  /** Share of the numbers dropped before the pooling in training; TS2Vec has 0.1. Default 0. */
  readonly dropout?: number;
}

/**
 * Stack of dilated convolutions for series, as in TS2Vec: x [B, channels, L] to h [B, outputs], or [B, outputs, L]
 * without pooling; any length.
 *
 * A kernel-1 convolution to `width`, then blocks x + conv(gelu(conv(gelu(x)))), length kept; the last block's shortcut
 * is a kernel-1 convolution. No norms. TS2Vec's masking of inputs is left out.
 * @see Yue et al. 2022
 */
export function dilated(
  channels: number,
  { width = 64, depth = 10, outputs = 320, kernel = 3, pool = 'max', dropout: rate = 0 }: DilatedOptions = {},
): Layer {
  const blocks = Array.from({ length: depth + 1 }, (_, i) => {
    const last = i === depth;
    const name = `encoder.${i}`;
    const made = last ? outputs : width;
    const options = { dilation: 2 ** i, padding: 'same' } as const;
    const body = sequential(
      gelu,
      conv1d(`${name}.conv0`, width, made, kernel, options),
      gelu,
      conv1d(`${name}.conv1`, made, made, kernel, options),
    );
    return residual(body, last ? conv1d(`${name}.shortcut`, width, made, 1) : identity);
  });
  const end = pool === 'max' ? [globalMaxPool] : [];
  return sequential(conv1d('encoder.input', channels, width, 1), ...blocks, dropout('encoder.dropout', rate), ...end);
}

export const dilatedEncoder = encoder({
  name: 'dilated',
  about: 'stack of dilated convolutions for series, as in TS2Vec',
  takes: ['series'],
  settings: {
    width: whole(64, 'channels within the stack'),
    depth: whole(10, 'residual blocks of that width; block i has dilation 2^i'),
    outputs: whole(320, 'channels of the last block: the embedding'),
    kernel: whole(3, 'points that a convolution sees'),
    pool: word<'max' | 'none'>('max', ['max', 'none'], 'one vector a series, or one a point in time'),
    dropout: share(0, 'dropped before the pooling in training'),
  },
  build: ([channels, length], settings) => ({
    layer: dilated(channels, settings),
    embedding: settings.pool === 'max' ? [settings.outputs] : [settings.outputs, length],
  }),
});

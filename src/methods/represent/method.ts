import type { Tensor } from '../../graph/tensor.ts';
import type { Windows } from '../../losses/contrastive/index.ts';
import type { Scope, Variable } from '../../nn/variable.ts';
import type { Configurable, Settings } from '../settings.ts';

/** What the objective of one batch of sequences may use. */
export interface SequenceBatch {
  readonly windows: Windows;
  /** One-hot classes [N, C], a row of zeros where there is none; given where the method uses labels. */
  readonly target?: Tensor;
  readonly scope: Scope;
}

/** A way to make embeddings of windows. One record each; ../represent/list.ts lists them. */
export interface RepresentationMethod extends Configurable {
  readonly source: string;
  /**
   * What its embeddings are: the items themselves, those of an encoder at its first values or of a trained one, or
   * MiniRocket's features (judged by their use alone).
   */
  readonly embeds: 'items' | 'untrained' | 'trained' | 'minirocket';
  /** 2: sees every window twice, each time distorted at random (settings `jitter`, `scale`, `mask`). */
  readonly views: 1 | 2;
  /** ReLU after the encoder's last layer, where the encoder leaves the choice. */
  readonly lastRelu: boolean;
  /** Learns from labels: a bound, not a rival. */
  readonly usesLabels: boolean;
  /** Has the setting `threshold`: which neighbours it takes for transitions (`auto` or a rule of `thresholdRule`). */
  readonly thresholds: boolean;
  /** What it learns beside the encoder. */
  readonly variables?: (width: number, classes: number) => readonly Variable[];
  /** Scalar loss parts by name, already weighted; the training minimises their sum. */
  readonly objective?: (batch: SequenceBatch, settings: Settings) => Readonly<Record<string, Tensor>>;
}

/** What most share. */
export const usual = {
  settings: {},
  views: 1,
  lastRelu: false,
  usesLabels: false,
  thresholds: false,
} as const;

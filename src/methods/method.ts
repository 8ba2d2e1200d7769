import type { Tensor } from '../graph/tensor.ts';
import type { Head } from '../nn/head.ts';
import type { Scope, Variable } from '../nn/variable.ts';
import type { Configurable, Settings } from './settings.ts';

export type { Setting, SettingRule, Settings } from './settings.ts';

/** How the rows of a batch are drawn. */
export type Sampling =
  /** Shuffled epochs. */
  | { readonly kind: 'epochs' }
  /** Classes from a pi + (1 - a) / C, then evenly within the class; `share` gives a from r = t / T. */
  | { readonly kind: 'class-mix'; readonly share: (r: number) => number };

/** What the objective of one batch may use. */
export interface Batch {
  /** Embeddings [B, D]. */
  readonly embeddings: Tensor;
  /** One-hot labels [B, C]. */
  readonly target: Tensor;
  readonly head: Head;
  /** Reads the head's parameters and the method's memory, takes the memory's new values. */
  readonly scope: Scope;
  /** The variables that `memory` asked for. */
  readonly memory: readonly Variable[];
  /** A row of numbers a class [C], from `facts`. */
  readonly fact: (name: string) => Tensor;
  /** A number of this step, from `scalars`. */
  readonly scalar: (name: string) => Tensor;
  /** One-hot of classes drawn evenly for every row [B, C], where `drawsClasses` is set. */
  readonly drawnClasses: () => Tensor;
}

/** A method: which loss, sampler, head, memory and post-hoc step make it up. One file, one record. */
export interface Method extends Configurable {
  readonly source: string;
  /** Only where it is asked for: no reference of a pilot by default. */
  readonly extra?: boolean;
  /** Another method whose training this one shares (post-hoc steps cost nothing). */
  readonly trainsAs?: string;
  /** Added to the decision constant gamma: a post-hoc logit adjustment by tau is -tau. */
  readonly decision?: (settings: Settings) => number;
  readonly sampling: (settings: Settings) => Sampling;
  /** Numbers a class, from the training counts [C] (0 where a class is absent from the training part). */
  readonly facts: (counts: readonly number[], settings: Settings) => Readonly<Record<string, readonly number[]>>;
  /** Numbers a step, r = t / T in [0, 1). */
  readonly scalars: (r: number, settings: Settings) => Readonly<Record<string, number>>;
  readonly drawsClasses?: (settings: Settings) => boolean;
  readonly head: (embedding: number, classes: number, settings: Settings) => Head;
  /** Kept from step to step without derivative (class means). */
  readonly memory?: (embedding: number, classes: number, settings: Settings) => readonly Variable[];
  /** Scalar loss parts by name, already weighted; the training minimises their sum. */
  readonly objective: (batch: Batch, settings: Settings) => Readonly<Record<string, Tensor>>;
}

/** What most methods share. */
export const plain = {
  settings: {},
  sampling: (): Sampling => ({ kind: 'epochs' }),
  facts: () => ({}),
  scalars: () => ({}),
};

import type { Tensor } from '../graph/tensor.ts';
import type { Head } from '../nn/head.ts';
import type { Layer, Scope, Variable } from '../nn/variable.ts';
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
  /**
   * The same rows as the net in use embeds them (running statistics, no dropout) [B, D], without derivative: one more pass
   * of the encoder.
   */
  readonly embeddingsInUse: () => Tensor;
  /** One-hot labels [B, C]; those of two rows by their shares where the method mixes. */
  readonly target: Tensor;
  readonly head: Head;
  /** Reads the head's parameters and the method's memory, takes the memory's new values. */
  readonly scope: Scope;
  /** The variables that `memory` asked for. */
  readonly memory: readonly Variable[];
  /** The layers that `layers` asked for. */
  readonly layers: readonly Layer[];
  /** A row of numbers a class [C], from `facts`. */
  readonly fact: (name: string) => Tensor;
  /** A number of this step, from `scalars`. */
  readonly scalar: (name: string) => Tensor;
  /** One-hot of classes drawn evenly for every row [B, C], where `drawsClasses` is set. */
  readonly drawnClasses: () => Tensor;
}

/** What a post-hoc step may look at in a trained head. */
export interface HeadNumbers {
  /** |W_c| [C]. */
  readonly lengths: readonly number[];
  /** b_c [C]. */
  readonly bias: readonly number[];
}

/** Logits made anew without training: z'_c = scale_c z_c + shift_c, [C] each. */
export interface Rescaling {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

export interface Stage {
  /** Share r of the training at which it begins, in (0, 1). */
  readonly from: number;
  /** Its learning rate, as a multiple of the plan's. */
  readonly rate: number;
}

/** A method: which loss, sampler, head, memory and post-hoc step make it up. One file, one record. */
export interface Method extends Configurable {
  readonly source: string;
  /** Only where it is asked for: no reference of a pilot by default. */
  readonly extra?: boolean;
  /** Its parts, each with the settings that leave it out: what `--ablate` takes apart. */
  readonly parts?: Readonly<Record<string, Settings>>;
  /** Another method whose training this one shares (post-hoc steps cost nothing). */
  readonly trainsAs?: string;
  /** Added to the decision constant gamma: a post-hoc logit adjustment by tau is -tau. */
  readonly decision?: (settings: Settings) => number;
  /** Post-hoc steps on the logits, before the decision: the one that is best on validation rows is taken, the first of equals. */
  readonly afterwards?: (head: HeadNumbers, settings: Settings) => readonly Rescaling[];
  readonly sampling: (settings: Settings) => Sampling;
  /** Numbers a class, from the training counts [C] (0 where a class is absent from the training part). */
  readonly facts: (counts: readonly number[], settings: Settings) => Readonly<Record<string, readonly number[]>>;
  /** Numbers a step, r = t / T in [0, 1). */
  readonly scalars: (r: number, settings: Settings) => Readonly<Record<string, number>>;
  readonly drawsClasses?: (settings: Settings) => boolean;
  readonly head: (embedding: number, classes: number, settings: Settings) => Head;
  /** Kept from step to step without derivative (class means). */
  readonly memory?: (embedding: number, classes: number, settings: Settings) => readonly Variable[];
  /** Layers beside encoder and head that are learnt for the training's sake alone: no model in use has them. */
  readonly layers?: (embedding: number, classes: number, settings: Settings) => readonly Layer[];
  /**
   * Alpha: inputs and labels of every batch are mixed before the encoder, x_i <- share x_i + (1 - share) x_{i+1}, with one
   * share a step from Beta(alpha, alpha).
   */
  readonly mix?: (settings: Settings) => number;
  /** Stages after the first one: learning rate schedule and optimiser start anew, early stopping looks at the last alone. */
  readonly stages?: (settings: Settings) => readonly Stage[];
  /**
   * The scalar that says whether a variable (a parameter or a running statistic) learns in a step (1) or stands still (0);
   * none: it always does.
   */
  readonly learns?: (variable: Variable, settings: Settings) => string | undefined;
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

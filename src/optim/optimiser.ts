import type { Tensor } from '../graph/tensor.ts';

/** An update rule on one flat vector of all weights. */
export interface Optimiser {
  readonly name: string;
  /** Flat vectors kept beside the weights, zeros at the start. */
  readonly moments: number;
  /** Numbers that change from step to step. @param t 0, 1, ...  @param lr learning rate of this step */
  readonly scalars: (t: number, lr: number) => Readonly<Record<string, number>>;
  readonly update: (
    weights: Tensor,
    gradient: Tensor,
    moments: readonly Tensor[],
    scalar: (name: string) => Tensor,
  ) => { weights: Tensor; moments: readonly Tensor[] };
}

import type { Tensor } from '../../graph/tensor.ts';

/**
 * What a loss of sequences takes: the embeddings of N = S T windows, from S sequences of T consecutive steps each. The
 * rows of a sequence lie together, in the order of time. Two rows are neighbours when they are adjacent steps of one
 * sequence; the end of a sequence and the start of the next are not.
 */
export interface Windows {
  /** Embeddings z [N, D]. */
  readonly z: Tensor;
  /** T, at least 2. */
  readonly steps: number;
  /**
   * The same windows seen a second time, z' [N, D], for the losses of two views: row i of z and row i of z' are the same
   * stretch of the same recording, embedded from two random distortions of it (jitter, scaling, masking) or from two
   * longer crops that both hold it.
   */
  readonly other?: Tensor;
  /** What went into the encoder, x [N, F], by which the eMargin forms compare neighbours. No derivative goes there. */
  readonly features?: Tensor;
  /** theta of `emargin`, a number or a scalar: neighbours less similar than this are transitions. None: no transitions. */
  readonly threshold?: Tensor | number;
}

/** What a parameter may be, bounds included. */
export type Parameter =
  | { readonly default: number; readonly min: number; readonly max: number; readonly about: string }
  | { readonly default: string; readonly words: readonly string[]; readonly about: string };

export type Parameters = Readonly<Record<string, Parameter>>;

/** Their values: numbers, or one of the words. */
export type Values<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends { readonly words: readonly (infer W)[] } ? W : number;
};

/** One loss of sequences, as the list and the methods see it. */
export interface ContrastiveLoss {
  readonly name: string;
  /** Where it is from. */
  readonly source: string;
  /** 2: takes `other`, too. */
  readonly views: 1 | 2;
  readonly parameters: Parameters;
  /**
   * Scalar parts by name; the loss is their sum.
   * @param values by name, for what shall not have its default
   * @throws RangeError when a value is unknown or out of range or a shape does not fit
   * @throws TypeError when something that the loss needs is not given
   */
  readonly build: (
    windows: Windows,
    values?: Readonly<Record<string, number | string>>,
  ) => Readonly<Record<string, Tensor>>;
}

interface Definition<P extends Parameters> extends Omit<ContrastiveLoss, 'parameters' | 'build'> {
  readonly parameters: P;
  readonly parts: (windows: Windows, values: Values<P>) => Readonly<Record<string, Tensor>>;
}

/** A loss from its definition: adds defaults and the check of the values. */
export function contrastiveLoss<const P extends Parameters>({ parts, ...record }: Definition<P>): ContrastiveLoss {
  return {
    ...record,
    build: (windows, values = {}) => parts(windows, valuesOf(record.name, record.parameters, values)),
  };
}

function valuesOf<P extends Parameters>(
  place: string,
  parameters: P,
  given: Readonly<Record<string, number | string>>,
): Values<P> {
  for (const name of Object.keys(given))
    if (!(name in parameters))
      throw new RangeError(`${place}: has no "${name}"; it has: ${Object.keys(parameters).join(', ') || 'nothing'}`);
  const entries = Object.entries(parameters).map(([name, rule]) => {
    const value = given[name] ?? rule.default;
    if ('words' in rule) {
      if (!rule.words.includes(value as string))
        throw new RangeError(`${place}: ${name} must be one of ${rule.words.join(', ')}, got ${value}`);
    } else if (!(typeof value === 'number' && value >= rule.min && value <= rule.max))
      throw new RangeError(`${place}: ${name} must be ${rule.min} to ${rule.max}, got ${value}`);
    return [name, value];
  });
  return Object.fromEntries(entries) as Values<P>;
}

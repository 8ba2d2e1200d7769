import {
  add,
  blockedConv,
  broadcastTo,
  fromBlocks,
  full,
  lastToBlocks,
  mul,
  neg,
  pad,
  reshape,
  reverse,
  sum,
  toBlocks,
  transpose,
  wholeGelu,
} from './ops/index.ts';
import { apply, type Shape, type Tensor } from './tensor.ts';

/**
 * The same graph with its convolutions, and what lies between them, in blocks of channels, which processors with wide
 * registers work through two to four times faster. Equal values but for the order of sums; to be used after `grad`.
 *
 * A blocked value keeps its plain shape [B, C, H, W] (a series [B, C, L] is [B, C, 1, L]) while its numbers lie as
 * [B, C / lanes, H W, lanes]. Each value is made in the layout in which it is cheap and turned only where a consumer
 * needs the other one. A value per channel times or plus a value a channel becomes one pass with what is added to it and
 * the ReLU behind it.
 *
 * @param lanes channels of a block, as the runtime wants them (`probeFastPath`)
 */
export function blocked<K extends string>(outputs: Readonly<Record<K, Tensor>>, lanes: number): Record<K, Tensor> {
  const pass = new Pass(Object.values(outputs), lanes);
  return Object.fromEntries(Object.entries<Tensor>(outputs).map(([name, t]) => [name, pass.plain(t)])) as Record<
    K,
    Tensor
  >;
}

type Four = readonly [number, number, number, number];

interface ConvAttributes {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
  readonly groups: number;
  readonly kernel?: readonly number[];
  readonly outputPadding?: readonly number[];
}

/** A blocked value as base x scale + offset, both one number a channel [C]. */
interface Affine {
  readonly base: Tensor;
  readonly scale?: Tensor;
  readonly offset?: Tensor;
}

const UNARY = new Set(['relu', 'hardSigmoid', 'neg', 'tanh', 'sigmoid', 'erf', 'exp', 'sqrt', 'abs']);
const BINARY = new Set(['add', 'sub', 'mul', 'div', 'maximum', 'minimum']);

class Pass {
  readonly #lanes: number;
  readonly #uses = new Map<Tensor, number>();
  readonly #isBlocked = new Map<Tensor, boolean>();
  readonly #plain = new Map<Tensor, Tensor>();
  readonly #blocked = new Map<Tensor, Tensor>();

  constructor(outputs: readonly Tensor[], lanes: number) {
    this.#lanes = lanes;
    const stack = outputs.map((t) => this.#seen(t));
    for (const t of stack) this.#uses.set(t, (this.#uses.get(t) ?? 0) + 1);
    const visited = new Set<Tensor>();
    for (let t = stack.pop(); t; t = stack.pop()) {
      if (visited.has(t)) continue;
      visited.add(t);
      for (const x of this.#sources(t)) {
        this.#uses.set(x, (this.#uses.get(x) ?? 0) + 1);
        stack.push(x);
      }
    }
  }

  /** The value in the plain layout. */
  plain(tensor: Tensor): Tensor {
    const t = this.#seen(tensor);
    const known = this.#plain.get(t);
    if (known) return known;
    const made = this.#makePlain(t);
    this.#plain.set(t, made);
    return made;
  }

  /** The value in blocks, of shape [B, C, H, W]. */
  blocked(tensor: Tensor): Tensor {
    const t = this.#seen(tensor);
    const known = this.#blocked.get(t);
    if (known) return known;
    const made = this.#inBlocks(t) ? this.#makeBlocked(t) : this.#turned(t);
    this.#blocked.set(t, made);
    return made;
  }

  /** Behind its aliases. A composite stays where this pass knows a better way. */
  #seen(tensor: Tensor): Tensor {
    let t = tensor;
    while (t.op.onnx === 'alias' && !this.#isWeightGradient(t) && !isGelu(t)) t = t.inputs[0];
    return t;
  }

  /** What a value is made of in this pass. */
  #sources(t: Tensor): readonly Tensor[] {
    return (t.op.name === 'composite' ? t.inputs.slice(1) : t.inputs).map((x) => this.#seen(x));
  }

  #once(t: Tensor): boolean {
    return this.#uses.get(this.#seen(t)) === 1;
  }

  /** Is the value made in blocks? */
  #inBlocks(tensor: Tensor): boolean {
    const t = this.#seen(tensor);
    const known = this.#isBlocked.get(t);
    if (known !== undefined) return known;
    const made = this.#decide(t);
    this.#isBlocked.set(t, made);
    return made;
  }

  #decide(t: Tensor): boolean {
    const { name } = t.op;
    if (t.dtype !== 'float32' || !this.#fits(t.shape)) return false;
    if (name === 'conv') return this.#isConv(t);
    if (name === 'convTranspose') return this.#transposedPads(t) !== null;
    if (isGelu(t)) return this.#inBlocks(t.inputs[1]);
    if (UNARY.has(name)) return this.#inBlocks(t.inputs[0]);
    if (!BINARY.has(name)) return false;
    const joined = t.inputs.every((x) => x.shape.join() === t.shape.join() || this.#isSmall(x.shape, t.shape));
    return joined && t.inputs.some((x) => x.shape.join() === t.shape.join() && this.#inBlocks(x));
  }

  /** [B, C, H, W] or [B, C, L] of whole blocks, lengths known. */
  #fits([, channels, ...lengths]: Shape): boolean {
    const known = lengths.every((n) => typeof n === 'number') && typeof channels === 'number';
    return known && (lengths.length === 1 || lengths.length === 2) && (channels as number) % this.#lanes === 0;
  }

  /** One number in all, or a number a channel or a number an item and channel. */
  #isSmall(shape: Shape, of: Shape): boolean {
    if (shape.every((n) => n === 1)) return true;
    if (shape.length !== of.length || shape[1] !== of[1]) return false;
    return (shape[0] === 1 || shape[0] === of[0]) && shape.slice(2).every((n) => n === 1);
  }

  #isPerChannel(shape: Shape, of: Shape): boolean {
    return shape.length === of.length && shape.every((n, i) => n === (i === 1 ? of[1] : 1));
  }

  #takes(channels: Shape[number]): boolean {
    return typeof channels === 'number' && (channels % this.#lanes === 0 || channels < this.#lanes);
  }

  #isConv({ inputs: [x], attributes }: Tensor): boolean {
    return attributes.groups === 1 && this.#takes(x.shape[1]);
  }

  /** Padding of the convolution that a transposed one is, or null where this pass leaves it alone. */
  #transposedPads({ inputs: [x, w], attributes }: Tensor): readonly number[] | null {
    const { strides, dilations, pads, groups, outputPadding = [] } = attributes as unknown as ConvAttributes;
    if (groups !== 1 || !this.#fits(x.shape)) return null;
    const kernel = w.shape.slice(2) as number[];
    const reach = kernel.map((n, i) => (n - 1) * dilations[i]);
    const begin = reach.map((n, i) => n - pads[i]);
    // Zeros are put behind every value, so the last ones are there already.
    const end = reach.map((n, i) => n - pads[i + reach.length] + outputPadding[i] - (strides[i] - 1));
    return [...begin, ...end].every((n) => n >= 0) ? [...begin, ...end] : null;
  }

  #isWeightGradient(t: Tensor): boolean {
    if (t.op.name !== 'composite' || t.attributes.name !== 'convWeightGradient' || t.dtype !== 'float32') return false;
    const [, x, gradient] = t.inputs;
    const { dilations, groups } = t.attributes as unknown as ConvAttributes;
    if (groups !== 1 || dilations.some((d) => d !== 1) || x.shape.length !== 4) return false;
    if (typeof x.shape[0] !== 'number' || x.shape[0] % this.#lanes !== 0) return false;
    return this.#takes(x.shape[1]) && this.#fits(gradient.shape) && this.#rowsSeen(t) !== null;
  }

  /** Padding below that leaves exactly the rows that the kernel saw; null where rows would have to go. */
  #rowsSeen(t: Tensor): number | null {
    const [, x, gradient] = t.inputs;
    const { strides, pads, kernel = [] } = t.attributes as unknown as ConvAttributes;
    const [height, made] = [x.shape[2] as number, gradient.shape[2] as number];
    const below = (made - 1) * strides[0] + kernel[0] - height - pads[0];
    return below >= 0 ? below : null;
  }

  #makePlain(t: Tensor): Tensor {
    if (this.#inBlocks(t)) return reshape(fromBlocks(this.blocked(t)), t.shape);
    if (isGelu(t)) return wholeGelu(this.plain(t.inputs[1]));
    if (this.#isWeightGradient(t)) return this.#weightGradient(t);
    const [x] = t.inputs;
    const overPositions =
      t.op.name === 'reduceSum' && (t.attributes.axes as readonly number[]).join() === positions(x.shape).join();
    if (overPositions && this.#inBlocks(x)) return reshape(this.#sumOfPositions(x), t.shape);
    if (t.inputs.length === 0) return t;
    const inputs = t.inputs.map((input) => this.plain(input));
    return inputs.every((input, i) => input === t.inputs[i]) ? t : apply(t.op, inputs, t.attributes);
  }

  /** Made plain, turned into blocks; a value stretched over positions is stretched there. */
  #turned(t: Tensor): Tensor {
    const [x] = t.inputs;
    if (t.op.name === 'broadcastTo' && this.#isSmall(x.shape, t.shape)) {
      const [batch, channels, height, width] = four(t.shape);
      const stretched = broadcastTo(this.#small(x, t.shape), [
        batch,
        channels / this.#lanes,
        height * width,
        this.#lanes,
      ]);
      return reshape(stretched, four(t.shape));
    }
    return toBlocks(reshape(this.plain(t), four(t.shape)));
  }

  #makeBlocked(t: Tensor): Tensor {
    const { name } = t.op;
    if (name === 'conv') return this.#conv(t);
    if (name === 'convTranspose') return this.#inputGradient(t);
    if (isGelu(t)) return wholeGelu(this.blocked(t.inputs[1]));
    if (name === 'relu') return this.#fused(t.inputs[0], true) ?? apply(t.op, [this.blocked(t.inputs[0])]);
    if (UNARY.has(name)) return apply(t.op, [this.blocked(t.inputs[0])], t.attributes);
    const fused = this.#fused(t, false);
    if (fused) return fused;
    const whole = t.inputs.every((x) => x.shape.join() === t.shape.join() || x.shape.every((n) => n === 1));
    if (whole)
      return apply(
        t.op,
        t.inputs.map((x) => (x.shape.join() === t.shape.join() ? this.blocked(x) : reshape(this.plain(x), []))),
      );
    const physical = t.inputs.map((x) =>
      x.shape.join() === t.shape.join() ? this.#physical(this.blocked(x)) : this.#small(x, t.shape),
    );
    return reshape(apply(t.op, physical), four(t.shape));
  }

  /**
   * relu(a x + b + y) in one pass, or what is left of it: a and b one number a channel, y of x's shape.
   * @returns null where there is nothing to fuse
   */
  #fused(tensor: Tensor, relu: boolean): Tensor | null {
    const t = this.#seen(tensor);
    if (!this.#inBlocks(t) || (relu && !this.#once(t))) return null;
    const own = this.#affine(t);
    if (own) {
      // (y + x scale) + offset is y + (x scale + offset).
      const inner = !own.scale && this.#once(own.base) ? this.#sumOf(this.#seen(own.base)) : null;
      if (!inner) return this.#applied(own, undefined, relu);
      const { part, rest } = inner;
      const offset = part.offset && own.offset ? add(part.offset, own.offset) : (part.offset ?? own.offset);
      return this.#applied({ ...part, ...(offset ? { offset } : {}) }, rest, relu);
    }
    const whole = this.#sumOf(t);
    if (whole) return this.#applied(whole.part, whole.rest, relu);
    return relu && t.op.name === 'add' && t.inputs.every((x) => x.shape.join() === t.shape.join())
      ? this.#applied({ base: t.inputs[0] }, t.inputs[1], true)
      : null;
  }

  /** A sum or difference of two values of one shape, one of which is base scale + offset for it alone. */
  #sumOf({ op: { name }, inputs: [a, b] }: Tensor): { part: Affine; rest: Tensor } | null {
    if ((name !== 'add' && name !== 'sub') || a.shape.join() !== b.shape.join()) return null;
    const right = this.#once(b) ? this.#affine(b) : null;
    if (right) return { part: name === 'sub' ? negative(right, b.shape) : right, rest: a };
    const left = name === 'add' && this.#once(a) ? this.#affine(a) : null;
    return left ? { part: left, rest: b } : null;
  }

  /** base scale + offset (+ sum), at most 0 cut off; a convolution that nobody else needs takes scale and offset in. */
  #applied({ base, scale, offset }: Affine, added: Tensor | undefined, relu: boolean): Tensor {
    const channels = base.shape[1] as number;
    const activation = relu ? ({ activation: 'Relu' } as const) : {};
    const bias = offset ?? (added ? full([channels], 0) : undefined);
    const rest = [...(bias ? [bias] : []), ...(added ? [this.blocked(added)] : [])];
    const b = this.#seen(base);
    if (b.op.name === 'conv' && this.#once(b) && this.#inBlocks(b)) return this.#conv(b, scale, rest, activation);
    const shape = four(base.shape);
    const factor = reshape(scale ?? full([channels], 1), [channels, 1, 1, 1]);
    return blockedConv(this.blocked(base), factor, rest, { shape, kernel: [1, 1], groups: channels, ...activation });
  }

  /** A chain of sums and products with numbers per channel, down to what others need, too. */
  #affine(tensor: Tensor): Affine | null {
    const t = this.#seen(tensor);
    const { name } = t.op;
    if (name !== 'add' && name !== 'sub' && name !== 'mul') return null;
    const parts = this.#byChannel(t);
    if (!parts) return null;
    const { x, value, first } = parts;
    const inner = (this.#once(x) ? this.#affine(x) : null) ?? { base: x };
    if (name === 'mul') {
      const scale = inner.scale ? mul(inner.scale, value) : value;
      return { ...inner, scale, ...(inner.offset ? { offset: mul(inner.offset, value) } : {}) };
    }
    const from = name === 'sub' && first ? negative(inner, t.shape) : inner;
    const plus = name === 'sub' && !first ? neg(value) : value;
    return { ...from, offset: from.offset ? add(from.offset, plus) : plus };
  }

  /** The operands of a blocked x op value or (`first`) value op x, where value is one number a channel [C]; else null. */
  #byChannel(t: Tensor): { x: Tensor; value: Tensor; first: boolean } | null {
    if (!this.#inBlocks(t)) return null;
    const first = this.#isPerChannel(t.inputs[0].shape, t.shape);
    const [x, c] = first ? [t.inputs[1], t.inputs[0]] : t.inputs;
    if (!this.#isPerChannel(c.shape, t.shape) || x.shape.join() !== t.shape.join()) return null;
    return { x, value: reshape(this.plain(c), [t.shape[1] as number]), first };
  }

  #conv(t: Tensor, scale?: Tensor, rest: readonly Tensor[] = [], options: { activation?: 'Relu' } = {}): Tensor {
    const [x, w] = t.inputs;
    const { strides, dilations, pads } = twoAxes(t.attributes as unknown as ConvAttributes);
    const [, inputs, ...kernel] = w.shape as number[];
    const scaled = scaledRows(this.plain(w), scale);
    const few = inputs % this.#lanes !== 0;
    const from = few ? reshape(this.plain(x), four(x.shape)) : this.blocked(x);
    return blockedConv(from, this.#filter(scaled, few), rest, {
      shape: four(t.shape),
      kernel: twoLengths(kernel),
      strides,
      dilations,
      pads,
      ...options,
    });
  }

  /** Filter [O, I, ...kernel] in blocks. */
  #filter(w: Tensor, few: boolean): Tensor {
    const n = this.#lanes;
    const [outputs, inputs, ...kernel] = w.shape as number[];
    const taps = kernel.reduce((a, b) => a * b, 1);
    const laid = few
      ? transpose(reshape(w, [outputs / n, n, inputs, taps]), [0, 2, 3, 1])
      : transpose(reshape(w, [outputs / n, n, inputs / n, n, taps]), [0, 2, 4, 3, 1]);
    return reshape(laid, [outputs, inputs, ...twoLengths(kernel)]);
  }

  /** The transposed convolution of x with w [C, O, ...kernel]: x with zeros between, filter turned round. */
  #inputGradient(t: Tensor): Tensor {
    const n = this.#lanes;
    const [x, w] = t.inputs;
    const { strides, dilations } = twoAxes(t.attributes as unknown as ConvAttributes);
    const pads = twoPads(this.#transposedPads(t) ?? []);
    const [inputs, outputs, ...kernel] = w.shape as number[];
    const taps = kernel.reduce((a, b) => a * b, 1);
    const { scale, base } = this.#bare(x);
    const scaled = scaledRows(this.plain(w), scale);
    const turned = reverse(reshape(scaled, [inputs / n, n, outputs / n, n, taps]), 4);
    const filter = reshape(transpose(turned, [2, 0, 4, 1, 3]), [outputs, inputs, ...twoLengths(kernel)]);
    return blockedConv(this.#stuffed(this.blocked(base), strides), filter, [], {
      shape: four(t.shape),
      kernel: twoLengths(kernel),
      dilations,
      pads,
    });
  }

  /** Without a last product with numbers per channel: who takes it up in weights saves a pass over the value. */
  #bare(tensor: Tensor): Pick<Affine, 'base' | 'scale'> {
    const t = this.#seen(tensor);
    const parts = t.op.name === 'mul' ? this.#byChannel(t) : null;
    return parts ? { base: parts.x, scale: parts.value } : { base: t };
  }

  /** Zeros behind every value of x, so that it is `strides` times as long. */
  #stuffed(x: Tensor, [down, across]: readonly [number, number]): Tensor {
    if (down === 1 && across === 1) return x;
    const n = this.#lanes;
    const [batch, channels, height, width] = x.shape as Four;
    const apart = reshape(x, [(batch * channels) / n, height, 1, width, n]);
    const wide = pad(apart, [0, 0, 0, 0, 0, 0, 0, down - 1, 0, (across - 1) * n]);
    return reshape(wide, [batch, channels, height * down, width * across]);
  }

  /**
   * Gradient of the weights [O, C, ...kernel] as a convolution with the batch for its channels: dy [O, B, ...] is the
   * filter, and x has its own channels as neighbouring pixels, so that tap k of channel c is position k lanes + c.
   */
  #weightGradient(t: Tensor): Tensor {
    const n = this.#lanes;
    const [, x, gradient] = t.inputs;
    const { strides, pads, kernel = [] } = t.attributes as unknown as ConvAttributes;
    const [batch, channels, height, width] = x.shape as Four;
    const [, outputs, madeHeight, madeWidth] = gradient.shape as Four;
    const few = channels % n !== 0;
    const lanes = few ? channels : n;
    const groups = channels / lanes;
    const wide = (madeWidth - 1) * strides[1] + kernel[1];

    const right = Math.max(0, wide - width - pads[1]);
    const line = width + pads[1] + right;
    const long = groups * height * line * lanes;
    const padded = few
      ? pad(reshape(transpose(this.plain(x), [0, 2, 3, 1]), [batch, height, width * lanes]), [
          pads[1] * lanes,
          right * lanes,
        ])
      : this.#widened(this.blocked(x), pads[1], right);
    // Blocks of the batch: the items are channels, everything else is one long row.
    const inside = toBlocks(reshape(padded, [1, batch, 1, long]));
    const image = this.#outward(reshape(inside, [batch / n, groups, (long / groups) * n]));

    const { scale, base } = this.#bare(gradient);
    const area = (outputs / n) * madeHeight * madeWidth;
    const dy = reshape(this.blocked(base), [batch / n, n, 1, area * n]);
    const blocks = reshape(lastToBlocks(dy), [batch / n, outputs / n, (area / (outputs / n)) * n * n]);
    const filter = reshape(this.#outward(blocks), [outputs, batch, madeHeight, madeWidth]);

    const made = blockedConv(reshape(image, [groups, batch, height, line * lanes]), filter, [], {
      shape: [groups, outputs, kernel[0], kernel[1] * lanes],
      kernel: [madeHeight, madeWidth],
      dilations: [strides[0], strides[1] * lanes],
      pads: [pads[0], 0, this.#rowsSeen(t) ?? 0, 0],
    });
    const taps = kernel[0] * kernel[1];
    const laid = transpose(reshape(made, [groups, outputs / n, taps, lanes, n]), [1, 4, 0, 3, 2]);
    const value = reshape(laid, [outputs, channels, ...kernel]);
    return scaledRows(value, scale);
  }

  /** Zeros left and right of a blocked picture: a convolution with a kernel of one 1, faster than the runtime's Pad. */
  #widened(x: Tensor, left: number, right: number): Tensor {
    if (left === 0 && right === 0) return x;
    const [batch, channels, height, width] = x.shape as Four;
    const shape = [batch, channels, height, left + width + right];
    const ones = full([channels, 1, 1, 1], 1);
    return blockedConv(x, ones, [], { shape, kernel: [1, 1], pads: [0, left, 0, right], groups: channels });
  }

  /** [P, Q, R] to [Q, P, R]. */
  #outward(x: Tensor): Tensor {
    const [p, q, r] = x.shape as readonly number[];
    return p === 1 || q === 1 ? reshape(x, [q, p, r]) : transpose(x, [1, 0, 2]);
  }

  /** Sum of a blocked value over all positions: [B, C / lanes, 1, lanes]. */
  #sumOfPositions(x: Tensor): Tensor {
    return sum(this.#physical(this.blocked(x)), { axes: [2], keep: true });
  }

  /** A blocked value as its numbers lie: [B, C / lanes, H W, lanes]. */
  #physical(x: Tensor): Tensor {
    const [batch, channels, height, width] = x.shape as Four;
    return reshape(x, [batch, channels / this.#lanes, height * width, this.#lanes]);
  }

  /** A number an item and channel, a number a channel or one for all, so that it stretches over `#physical`. */
  #small(x: Tensor, of: Shape): Tensor {
    if (x.shape.every((n) => n === 1)) return reshape(this.plain(x), [1, 1, 1, 1]);
    return reshape(this.plain(x), [x.shape[0], (of[1] as number) / this.#lanes, 1, this.#lanes]);
  }
}

/** x [N, ...] with row n times scale[n], where there is a scale. */
const scaledRows = (x: Tensor, scale: Tensor | undefined): Tensor =>
  scale ? mul(x, reshape(scale, [x.shape[0], ...x.shape.slice(1).map(() => 1)])) : x;

function negative({ base, scale, offset }: Affine, [, channels]: Shape): Affine {
  return {
    base,
    scale: scale ? neg(scale) : full([channels as number], -1),
    ...(offset ? { offset: neg(offset) } : {}),
  };
}

/** The runtime has it in one pass; for float32 alone. */
const isGelu = ({ op, attributes, dtype }: Tensor) =>
  op.name === 'composite' && attributes.name === 'gelu' && dtype === 'float32';

const positions = (shape: Shape) => shape.slice(2).map((_, i) => i + 2);

/** [B, C, H, W]; a series has height 1. */
const four = ([batch, channels, ...lengths]: Shape): Four =>
  [batch, channels, ...(lengths.length === 1 ? [1, lengths[0]] : lengths)] as unknown as Four;

const twoLengths = (kernel: readonly number[]): [number, number] =>
  kernel.length === 1 ? [1, kernel[0]] : [kernel[0], kernel[1]];

const twoPads = (pads: readonly number[]): [number, number, number, number] =>
  pads.length === 2 ? [0, pads[0], 0, pads[1]] : [pads[0], pads[1], pads[2], pads[3]];

function twoAxes({ strides, dilations, pads }: ConvAttributes) {
  return { strides: twoLengths(strides), dilations: twoLengths(dilations), pads: twoPads(pads) };
}

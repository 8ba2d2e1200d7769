import { sumOfRows } from './functions.ts';
import { add, broadcastTo, concat, full, neg, reshape, sum } from './ops/index.ts';
import { type Shape, staticShape, type Tensor } from './tensor.ts';

/** All tensors that `outputs` are made of, inputs before what uses them. */
export function topological(outputs: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  const stack = outputs.map((tensor) => ({ tensor, next: 0 })).reverse();
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    if (top.next === 0 && seen.has(top.tensor)) {
      stack.pop();
    } else if (top.next < top.tensor.inputs.length) {
      seen.add(top.tensor);
      stack.push({ tensor: top.tensor.inputs[top.next++], next: 0 });
    } else {
      if (top.next === 0) seen.add(top.tensor);
      order.push(top.tensor);
      stack.pop();
    }
  }
  return order;
}

/**
 * Reverse-mode derivative as new graph nodes: d loss / d x for each x of `wrt`, of x's shape.
 * A tensor that the loss does not depend on gets zeros.
 * @throws RangeError when the loss is not a scalar
 */
export function grad(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (loss.shape.length > 0) throw new RangeError(`grad: the loss must be a scalar, got [${loss.shape.join(', ')}]`);
  const order = topological([loss]);
  const needed = dependents(order, new Set(wrt));
  const gradients = new Map<Tensor, Tensor>([[loss, full([], 1, loss.dtype)]]);
  const parts = new Map<Tensor, SliceGradient[]>();
  for (const tensor of order.toReversed()) {
    const whole = joined(parts.get(tensor) ?? []);
    const summed = gradients.get(tensor);
    const gradient = whole && summed ? add(summed, whole) : (summed ?? whole);
    if (gradient) gradients.set(tensor, gradient);
    if (!gradient || tensor.op.vjp === 'none' || !tensor.inputs.some((x) => needed.has(x))) continue;
    const { inputs, attributes } = tensor;
    if (tensor.op.name === 'slice') {
      const [x] = inputs;
      parts.set(x, [...(parts.get(x) ?? []), { slice: tensor, gradient }]);
      continue;
    }
    const pieces = tensor.op.vjp({ inputs, output: tensor, gradient, attributes });
    inputs.forEach((x, i) => {
      const part = pieces[i];
      if (!part || !needed.has(x)) return;
      const piece = undoBroadcast(part, x.shape);
      const sofar = gradients.get(x);
      gradients.set(x, sofar ? add(sofar, piece) : piece);
    });
  }
  return wrt.map((x) => gradients.get(x) ?? zerosLike(x));
}

interface SliceGradient {
  readonly slice: Tensor;
  readonly gradient: Tensor;
}

/**
 * The gradient of a value from those of its slices: side by side where they are stretches of one axis that do not
 * overlap, else each with zeros around it, and summed.
 */
function joined(parts: readonly SliceGradient[]): Tensor | undefined {
  if (parts.length === 0) return undefined;
  const range = ({ slice: { attributes } }: SliceGradient) =>
    attributes as unknown as { axis: number; start: number; end: number };
  const sorted = parts.toSorted((a, b) => range(a).start - range(b).start);
  const { axis } = range(sorted[0]);
  const apart = sorted.every(
    (part, i) => range(part).axis === axis && (i === 0 || range(part).start >= range(sorted[i - 1]).end),
  );
  const [x] = sorted[0].slice.inputs;
  if (!apart || sorted.length === 1)
    return sorted
      .map(({ slice: { op, inputs, attributes }, gradient }) =>
        op.vjp === 'none' ? gradient : (op.vjp({ inputs, output: inputs[0], gradient, attributes })[0] ?? gradient),
      )
      .reduce((a, b) => add(a, b));
  const shape = staticShape(x, 'grad');
  const zeros = (length: number) =>
    full(
      shape.map((n, i) => (i === axis ? length : n)),
      0,
      x.dtype,
    );
  let at = 0;
  const row = sorted.flatMap((part) => {
    const { start, end } = range(part);
    const gap = start > at ? [zeros(start - at)] : [];
    at = end;
    return [...gap, part.gradient];
  });
  return concat(at < shape[axis] ? [...row, zeros(shape[axis] - at)] : row, axis);
}

/** Tensors of `order` through which `sources` reach the end. */
function dependents(order: readonly Tensor[], sources: ReadonlySet<Tensor>): Set<Tensor> {
  const needed = new Set<Tensor>(sources);
  for (const tensor of order)
    if (tensor.op.vjp !== 'none' && tensor.inputs.some((x) => needed.has(x))) needed.add(tensor);
  return needed;
}

/** Sums a gradient over the axes along which the input was stretched: the only place where broadcasting is undone. */
function undoBroadcast(gradient: Tensor, shape: Shape): Tensor {
  if (gradient.shape.join() === shape.join()) return gradient;
  if (gradient.shape.length < shape.length) return broadcastTo(gradient, shape as readonly number[]);
  // The few sums are turned round, not the many numbers.
  if (gradient.op.name === 'neg') return neg(undoBroadcast(gradient.inputs[0], shape));
  const extra = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((n, i) => (n !== 1 && (i < extra || shape[i - extra] === 1) ? [i] : []));
  const rowsOnly = axes.length === 1 && axes[0] === 0 && gradient.shape.length === 2;
  const summed = axes.length === 0 ? gradient : rowsOnly ? sumOfRows(gradient) : sumOver(gradient, axes);
  const target = reshape(summed, summed.shape.slice(extra));
  return target.shape.join() === shape.join() ? target : broadcastTo(target, shape as readonly number[]);
}

/** Sum over the axes; two near reductions beat one over far axes. */
function sumOver(x: Tensor, axes: readonly number[]): Tensor {
  const far = axes.length > 1 && axes[0] === 0 && axes.some((axis, i) => axis !== i);
  return far
    ? sum(sum(x, { axes: axes.slice(1), keep: true }), { axes: [0], keep: true })
    : sum(x, { axes, keep: true });
}

function zerosLike(x: Tensor): Tensor {
  return broadcastTo(full([], 0, x.dtype), staticShape(x, 'grad'));
}

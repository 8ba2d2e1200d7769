import type { HeadNumbers, Rescaling } from '../methods/index.ts';
import { viewOf } from '../nn/variable.ts';
import type { Net } from '../train/graphs.ts';
import type { TrainedNet } from '../train/plan.ts';

/** What a post-hoc step looks at in a trained head; biases 0 where it has none. */
export function headNumbers({ head, parameters, width }: Net, net: Pick<TrainedNet, 'parameters'>): HeadNumbers {
  const weight = viewOf(net.parameters, parameters, head.weight.name);
  const lengths = Array.from({ length: weight.length / width }, (_, c) =>
    Math.hypot(...weight.subarray(c * width, (c + 1) * width)),
  );
  const bias = head.bias ? [...viewOf(net.parameters, parameters, head.bias.name)] : lengths.map(() => 0);
  return { lengths, bias };
}

/** z'_c = scale_c z_c + shift_c; logits [N * C]. */
export function rescaled(logits: Float32Array, { scale, shift }: Rescaling): Float32Array {
  return logits.map((z, i) => scale[i % scale.length] * z + shift[i % scale.length]);
}

/** The net whose head gives the rescaled logits: W_c <- scale_c W_c, b_c <- scale_c b_c + shift_c. */
export function rescaledNet(
  net: TrainedNet,
  { head, parameters, width }: Net,
  { scale, shift }: Rescaling,
): TrainedNet {
  if (!head.bias) throw new TypeError('rescaledNet: a head without bias cannot hold a shift');
  const own = net.parameters.slice();
  const weight = viewOf(own, parameters, head.weight.name);
  const bias = viewOf(own, parameters, head.bias.name);
  weight.forEach((w, i) => {
    weight[i] = w * scale[Math.floor(i / width)];
  });
  bias.forEach((b, c) => {
    bias[c] = b * scale[c] + shift[c];
  });
  return { ...net, parameters: own };
}

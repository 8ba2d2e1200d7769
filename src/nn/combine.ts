import { add, concat } from '../graph/ops/index.ts';
import { identity } from './activation.ts';
import type { Layer } from './variable.ts';

const parametersOf = (layers: readonly Layer[]) => layers.flatMap((layer) => layer.parameters);
const buffersOf = (layers: readonly Layer[]) => layers.flatMap((layer) => layer.buffers);

/** body(x) + shortcut(x) (He et al. 2016); the shortcut is x itself where none is given. */
export function residual(body: Layer, shortcut: Layer = identity): Layer {
  return {
    parameters: parametersOf([body, shortcut]),
    buffers: buffersOf([body, shortcut]),
    apply: (x, scope) => add(body.apply(x, scope), shortcut.apply(x, scope)),
  };
}

/** The results of several layers on the same x, channels side by side. */
export function branches(...layers: readonly Layer[]): Layer {
  return {
    parameters: parametersOf(layers),
    buffers: buffersOf(layers),
    apply: (x, scope) =>
      concat(
        layers.map((layer) => layer.apply(x, scope)),
        1,
      ),
  };
}

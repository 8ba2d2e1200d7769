import { methods } from './list.ts';
import type { Method } from './method.ts';
import { type Configured, type Presets, readSpec } from './settings.ts';

/** A method with its settings, as named on the command line: `allnc`, `allnc:hycon=0:floor=1`. */
export interface MethodSpec extends Configured<Method> {
  /** What the training depends on: specs with the same text share one training. */
  readonly training: string;
}

const PRESETS: Presets = {
  allnc: { geometry: { floor: 0.25, kind: 'blur', p2p: 0.3 }, predictive: { hycon: 0.5, form: 'predictive' } },
};

/**
 * Reads `name` or `name:setting=value:...`.
 * @throws InputError naming the method, the setting and what is allowed
 */
export function parseMethod(text: string): MethodSpec {
  const spec = readSpec(text, methods, PRESETS);
  return { ...spec, training: spec.method.trainsAs ?? spec.name };
}

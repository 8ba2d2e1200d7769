import { adamw } from './adamw.ts';
import type { Optimiser } from './optimiser.ts';
import { sgd } from './sgd.ts';

/** Which optimiser with which settings, as plain data. */
export type OptimiserSpec =
  | { readonly kind: 'adamw'; readonly weightDecay: number }
  | { readonly kind: 'sgd'; readonly momentum: number; readonly weightDecay: number };

export function optimiserOf(spec: OptimiserSpec): Optimiser {
  return spec.kind === 'adamw' ? adamw(spec) : sgd(spec);
}

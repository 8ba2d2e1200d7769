import { type Configured, readSpec } from '../settings.ts';
import { representationMethods } from './list.ts';
import type { RepresentationMethod } from './method.ts';

export { representationMethods } from './list.ts';
export type { RepresentationMethod, SequenceBatch } from './method.ts';

/** A method of representation with its settings: `emargin:margin=0.3:threshold=off`. */
export type RepresentationSpec = Configured<RepresentationMethod>;

/**
 * Reads `name` or `name:setting=value:...`.
 * @throws InputError naming the method, the setting and what is allowed
 */
export function parseRepresentation(text: string): RepresentationSpec {
  return readSpec(text, representationMethods);
}

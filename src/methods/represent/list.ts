import { contrastiveLosses } from '../../losses/contrastive/index.ts';
import { contrastive } from './contrastive.ts';
import { minirocket, raw, supervised, untrained } from './controls.ts';
import type { RepresentationMethod } from './method.ts';

/** What a loss's method has beside the loss. */
const EXTRAS: Readonly<Record<string, Parameters<typeof contrastive>[1]>> = {
  emargin: { thresholds: true },
  'emargin-official-single': { lastRelu: true },
  'emargin-official-double': { lastRelu: true },
};

/** The simplest first, as "a simpler method is enough" looks at them. */
const ORDER = [
  'info-nce',
  'nt-xent',
  'soft-assignment',
  'fixed-margin',
  'triplet',
  'barlow-twins',
  'vicreg',
  'hierarchical',
  'emargin-smooth',
  'emargin',
  'emargin-official-single',
  'emargin-official-double',
];

/**
 * Every way to make embeddings, in the declared order of simplicity. A new loss of ../../losses/contrastive is a method by
 * itself; one that ORDER does not name comes last but for the bound that needs labels.
 */
export const representationMethods: readonly RepresentationMethod[] = [
  raw,
  untrained,
  minirocket,
  ...contrastiveLosses
    .toSorted((a, b) => place(a.name) - place(b.name))
    .map((loss) => contrastive(loss, EXTRAS[loss.name])),
  supervised,
];

function place(name: string): number {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
}

import { barlowTwins } from './barlow-twins.ts';
import { emargin } from './emargin.ts';
import { emarginOfficialDouble, emarginOfficialSingle } from './emargin-official.ts';
import { emarginSmooth } from './emargin-smooth.ts';
import { fixedMargin } from './fixed-margin.ts';
import { hierarchical } from './hierarchical.ts';
import { infoNce } from './info-nce.ts';
import type { ContrastiveLoss } from './loss.ts';
import { ntXent } from './nt-xent.ts';
import { softAssignment } from './soft-assignment.ts';
import { triplet } from './triplet.ts';
import { vicreg } from './vicreg.ts';

export type { ContrastiveLoss, Parameter, Parameters, Windows } from './loss.ts';
export * from './thresholds.ts';

/**
 * Every loss that learns a representation from unlabelled sequences (for those with labels see ../index.ts). The contract
 * test walks this list.
 */
export const contrastiveLosses: readonly ContrastiveLoss[] = [
  infoNce,
  ntXent,
  emargin,
  emarginSmooth,
  emarginOfficialSingle,
  emarginOfficialDouble,
  fixedMargin,
  triplet,
  softAssignment,
  hierarchical,
  vicreg,
  barlowTwins,
];

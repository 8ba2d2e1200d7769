import { allnc } from './allnc.ts';
import { balancedSoftmax } from './balanced-softmax.ts';
import { classWeighted } from './class-weighted.ts';
import { crossEntropy } from './cross-entropy.ts';
import { crt } from './crt.ts';
import { focal } from './focal.ts';
import { ldamDrw } from './ldam-drw.ts';
import { logitAdjustment } from './logit-adjustment.ts';
import type { Method } from './method.ts';
import { mixup } from './mixup.ts';
import { oversampling } from './oversampling.ts';
import { supconBalanced } from './supcon-balanced.ts';
import { tauNorm } from './tau-norm.ts';

/** Every method there is, the simplest first: the declared order in which "a simpler method is enough" looks. */
export const methods: readonly Method[] = [
  crossEntropy,
  logitAdjustment,
  tauNorm,
  classWeighted,
  oversampling,
  balancedSoftmax,
  focal,
  mixup,
  ldamDrw,
  crt,
  supconBalanced,
  allnc,
];

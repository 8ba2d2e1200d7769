import { balancedSoftmax } from './balanced-softmax.ts';
import { classWeighted } from './class-weighted.ts';
import { crossEntropy } from './cross-entropy.ts';
import { focal } from './focal.ts';
import { hycon } from './hycon.ts';
import { hyconPredictive } from './hycon-predictive.ts';
import { ldam } from './ldam.ts';
import type { Loss } from './loss.ts';
import { p2pBlur, p2pDual, p2pEtf } from './p2p.ts';
import { ranking } from './ranking.ts';
import { supconBalanced } from './supcon-balanced.ts';

/** Every loss there is, at its defaults. The contract test walks this list. */
export const losses: readonly Loss[] = [
  crossEntropy,
  classWeighted,
  focal(),
  balancedSoftmax,
  ldam,
  hycon,
  hyconPredictive,
  p2pDual,
  p2pEtf,
  p2pBlur,
  ranking,
  supconBalanced(),
];

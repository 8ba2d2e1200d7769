import { stream } from '../../../src/array/random.ts';
import type { RepresentationOutcome } from '../../../src/evaluate/represent/trial.ts';
import type { Measured } from '../../../src/metrics/metric.ts';
import type { PlannedTrial } from '../../../src/pilot/local.ts';
import { gather, type RepresentationArmOutcome } from '../../../src/pilot/represent/outcomes.ts';
import {
  planRepresentation,
  type RepresentationChoices,
  type RepresentationPilotPlan,
  representationChoices,
} from '../../../src/pilot/represent/plan.ts';
import { spectrum, type Toy, toyWindows } from '../../evaluate/represent/toy.ts';

export const choicesOf = (more: Partial<RepresentationChoices> = {}): RepresentationChoices => ({
  ...representationChoices,
  features: spectrum,
  references: [],
  repeats: 6,
  ...more,
});

const usual = toyWindows({ groups: 12 });

/** A pilot on the toy: twelve groups, six repeats of three folds. */
export function planOf(more: Partial<RepresentationChoices> = {}, toy?: Toy): RepresentationPilotPlan {
  return planRepresentation(toy ? toyWindows({ groups: 12, ...toy }) : usual, choicesOf(more));
}

/** What an arm's trials are made to say. */
export interface Arm {
  /** Share of right answers of the linear probe, and of the neighbours; not given: no answers. */
  readonly right?: number;
  /** Number of each metric in trial i (repeat after repeat). */
  readonly metrics?: Readonly<Record<string, (i: number) => number | null>>;
  readonly reason?: string;
  readonly more?: (i: number) => Partial<RepresentationOutcome>;
}

/** Every trial's outcome, made up; a wrong answer is the next class. */
export function armsOf(
  plan: RepresentationPilotPlan,
  made: Readonly<Record<string, Arm>>,
): readonly RepresentationArmOutcome[] {
  const { windows } = plan.data;
  const classes = windows.set.classes.length;
  const outcomeOf = (trial: PlannedTrial<unknown>): RepresentationOutcome => {
    const { fold, training } = trial;
    const i = 3 * fold.repeat + fold.fold;
    const { right, metrics = {}, reason = 'not made up', more } = made[training];
    const rows = fold.test.filter((row) => windows.labels[row] >= 0);
    const answers = (by: string) => {
      const random = stream(5, by, training, i);
      return rows.map((row) => (windows.labels[row] + (random.uniform() < (right ?? 0) ? 0 : 1)) % classes);
    };
    const numbers = Object.entries(metrics).map(([name, of]): [string, Measured] => {
      const value = of(i);
      return [name, value === null ? { value, reason } : { value }];
    });
    return {
      width: 8,
      metrics: Object.fromEntries(numbers),
      rows,
      ...(right === undefined ? {} : { probe: answers('probe'), neighbours: answers('neighbours') }),
      looks: [],
      trainCounts: new Array(classes).fill(40),
      trainSeconds: 2,
      ...more?.(i),
    };
  };
  return gather(plan, outcomeOf);
}

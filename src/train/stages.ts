import { learningRate } from '../optim/schedule.ts';
import type { TrainingPlan } from './plan.ts';

type Staged = Pick<TrainingPlan, 'spec' | 'steps'>;

/** First step of each stage; one stage, from step 0, where the method names none. */
export function stageStarts({ spec: { method, settings }, steps }: Staged): number[] {
  const shares = method.stages?.(settings) ?? [];
  // The first step t with t / steps >= share; less a little, since 0.7 * 10 is a little more than 7.
  return [0, ...shares.map((share) => Math.ceil(share * steps - 1e-9))];
}

/** The step's place in its stage, and the stage's length. */
function placeOf(plan: Staged, t: number): { step: number; steps: number } {
  const starts = stageStarts(plan);
  const start = Math.max(...starts.filter((s) => s <= t));
  return { step: t - start, steps: Math.min(plan.steps, ...starts.filter((s) => s > t)) - start };
}

/** Learning rate of step t; in each stage the plan's schedule runs anew. */
export function rateAt(plan: Staged & Pick<TrainingPlan, 'schedule' | 'learningRate'>, t: number): number {
  const { step, steps } = placeOf(plan, t);
  return learningRate(plan.schedule, plan.learningRate, step, steps);
}

/** Steps that the optimiser has taken in step t's stage. */
export const stepInStage = (plan: Staged, t: number): number => placeOf(plan, t).step;

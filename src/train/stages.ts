import { learningRate } from '../optim/schedule.ts';
import type { TrainingPlan } from './plan.ts';

type Staged = Pick<TrainingPlan, 'spec' | 'steps'>;

/** First step of each stage; one stage, from step 0, where the method names none. */
export const stageStarts = (plan: Staged): number[] => stagesOf(plan).map(({ start }) => start);

function stagesOf({ spec: { method, settings }, steps }: Staged): { start: number; rate: number }[] {
  const later = method.stages?.(settings) ?? [];
  // The first step t with t / steps >= from; less a little, since 0.7 * 10 is a little more than 7.
  return [{ start: 0, rate: 1 }, ...later.map(({ from, rate }) => ({ start: Math.ceil(from * steps - 1e-9), rate }))];
}

/** The step's place in its stage, the stage's length and its share of the learning rate. */
function placeOf(plan: Staged, t: number): { step: number; steps: number; rate: number } {
  const stages = stagesOf(plan);
  const i = stages.findLastIndex(({ start }) => start <= t);
  const { start, rate } = stages[i];
  return { step: t - start, steps: (stages[i + 1]?.start ?? plan.steps) - start, rate };
}

/** Learning rate of step t; in each stage the plan's schedule runs anew. */
export function rateAt(plan: Staged & Pick<TrainingPlan, 'schedule' | 'learningRate'>, t: number): number {
  const { step, steps, rate } = placeOf(plan, t);
  return learningRate(plan.schedule, rate * plan.learningRate, step, steps);
}

/** Steps that the optimiser has taken in step t's stage. */
export const stepInStage = (plan: Staged, t: number): number => placeOf(plan, t).step;

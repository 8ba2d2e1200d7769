import type { Random } from '../array/random.ts';
import type { MinorityCollapse } from '../metrics/index.ts';
import type { Looks } from '../train/loop.ts';
import type { Rows, TrainingPlan } from '../train/plan.ts';
import { countClasses, type Trainer } from '../train/trainer.ts';
import { type Arrangement, arrangementOf, classifierAngles, classifierOf } from './arrangement.ts';
import { planLooks } from './plan-looks.ts';
import { rowsAt } from './rows.ts';
import { balancedSample } from './sample.ts';

/** A net after some steps of its training. */
export interface Look {
  readonly step: number;
  /** Angles between the classifier's vectors, the rarest third. */
  readonly classifier: MinorityCollapse;
  readonly train: Arrangement;
  readonly evaluation: Arrangement;
}

/** A training as it went. It is only looked at: no evaluation item decides anything. */
export interface Course {
  /** Numbers of the classes looked at [K], ascending. */
  readonly classes: readonly number[];
  /** Items looked at of each of them [K], the same at every look. */
  readonly items: { readonly train: readonly number[]; readonly evaluation: readonly number[] };
  readonly looks: readonly Look[];
}

/** What a training's looks need: the hook for `Trainer.train`, and what it sees. */
export type CourseWatch = Omit<Course, 'looks'> & { readonly looks: Looks<Look> };

/** One part of the data, its rows made only where they are looked at. */
export interface Part {
  readonly labels: Int32Array;
  readonly x: (places: Int32Array) => Float32Array;
}

/** Classes that are looked at: what is measured grows with their square. */
const MOST_CLASSES = 30;

/**
 * The classes that are looked at, ascending: all, or of more than 30 those at even steps from the largest to the rarest.
 * @param labels class of every item of the data, -1 for none: every trial looks at the same classes
 */
export function classesLookedAt(labels: Int32Array, classes: number): number[] {
  const all = Array.from({ length: classes }, (_, c) => c);
  if (classes <= MOST_CLASSES) return all;
  const counts = countClasses(
    labels.filter((label) => label >= 0),
    classes,
  );
  const bySize = all.toSorted((a, b) => counts[b] - counts[a] || a - b);
  const place = (i: number) => Math.round((i * (classes - 1)) / (MOST_CLASSES - 1));
  return Array.from({ length: MOST_CLASSES }, (_, i) => bySize[place(i)]).sort((a, b) => a - b);
}

/**
 * Watches a training: neural collapse, angles and recall at several steps, on the same items every time.
 * @param classes those that are looked at, ascending
 */
export function watchCourse(
  trainer: Trainer,
  plan: TrainingPlan,
  { train, evaluation }: { readonly train: Rows; readonly evaluation: Part },
  classes: readonly number[],
  random: Random,
): CourseWatch {
  const counts = countClasses(train.labels, plan.classes);
  const perItem = plan.shape.reduce((n, m) => n * m, 1);
  const parts = {
    train: { labels: train.labels, x: (places: Int32Array) => rowsAt(train.x, perItem, places) },
    evaluation,
  };
  const own = {
    train: itemsOf(train.labels, plan.classes, classes),
    evaluation: itemsOf(evaluation.labels, plan.classes, classes),
  };
  const countsOf = ({ places }: Items) => countClasses(places, classes.length);
  const { at, size } = planLooks(plan, { train: countsOf(own.train), evaluation: countsOf(own.evaluation) });
  const sample = ({ rows, places }: Items, { x }: Part) => {
    const chosen = balancedSample(places, classes.length, size, random);
    return { x: x(chosen.map((i) => rows[i])), places: chosen.map((i) => places[i]) };
  };
  const seen = { train: sample(own.train, parts.train), evaluation: sample(own.evaluation, parts.evaluation) };
  const onLook = async (values: Parameters<Looks<Look>['onLook']>[0], step: number): Promise<Look> => {
    const head = classifierOf(plan, values);
    const arrange = async ({ x, places }: (typeof seen)['train']) => {
      const answered = await trainer.run(plan, values, x, ['logits', 'embeddings']);
      return arrangementOf({ ...answered, places }, head, counts, classes);
    };
    return {
      step,
      classifier: classifierAngles(head, counts, classes),
      train: await arrange(seen.train),
      evaluation: await arrange(seen.evaluation),
    };
  };
  const items = {
    train: countClasses(seen.train.places, classes.length),
    evaluation: countClasses(seen.evaluation.places, classes.length),
  };
  return { classes, items, looks: { at, onLook } };
}

/** Items of the classes looked at: where they lie in their part, and their class as a place in `classes`. */
interface Items {
  readonly rows: Int32Array;
  readonly places: Int32Array;
}

function itemsOf(labels: Int32Array, all: number, classes: readonly number[]): Items {
  const placeOf = new Int32Array(all).fill(-1);
  classes.forEach((c, place) => {
    placeOf[c] = place;
  });
  const rows = Int32Array.from(labels.keys()).filter((i) => placeOf[labels[i]] >= 0);
  return { rows, places: rows.map((i) => placeOf[labels[i]]) };
}

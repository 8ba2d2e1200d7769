import { checkItems, type Evaluated, type Measured, type Metric, NO_ITEM } from './metric.ts';

interface MacroSpec<T> {
  readonly name: string;
  readonly ofClass: { readonly name: string };
  readonly needs: Metric['needs'];
  /** Work done once for all classes; the input is checked. */
  prepare(input: Evaluated): T;
  /** One class's value, or null with its reason. */
  one(prepared: T, classIndex: number): Measured;
}

/** A metric in [0, 1], higher better, that is the mean of its classes' values, and its form for one class. */
export function macroMetric<T>(spec: MacroSpec<T>): Metric {
  return {
    name: spec.name,
    direction: 'higher',
    needs: spec.needs,
    range: [0, 1],
    compute(input) {
      checkItems(spec.name, input);
      const prepared = spec.prepare(input);
      return meanOfClasses(Array.from({ length: input.classes }, (_, c) => spec.one(prepared, c)));
    },
    ofClass: {
      ...spec.ofClass,
      compute(input, classIndex) {
        checkItems(spec.ofClass.name, input);
        if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= input.classes)
          throw new RangeError(`${spec.ofClass.name}: class ${classIndex} is not in 0..${input.classes - 1}`);
        return spec.one(spec.prepare(input), classIndex);
      },
    },
  };
}

/** Unweighted mean over the classes that have a value; the others are counted and said. */
export function meanOfClasses(parts: readonly Measured[]): Measured {
  const perClass = parts.map((part) => part.value);
  const values = perClass.filter((value) => value !== null);
  const leftOut = new Map<string, number>();
  for (const { value, reason = NO_ITEM } of parts)
    if (value === null) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  const classesLeftOut = parts.length - values.length;
  if (values.length === 0) return { value: null, reason: [...leftOut.keys()].join(', '), perClass, classesLeftOut };
  const value = values.reduce((sum, v) => sum + v, 0) / values.length;
  if (classesLeftOut === 0) return { value, perClass, classesLeftOut };
  const said = [...leftOut].map(([reason, count]) => `${count} (${reason})`).join(', ');
  return { value, reason: `classes left out: ${said}`, perClass, classesLeftOut };
}

import { InputError } from '../array/errors.ts';
import { ablationOf, parseMethod } from '../methods/index.ts';
import {
  type CompareSettings,
  comparePair,
  metricOf,
  onPredictions,
  type PredictingArm,
  type Question,
} from './compare.ts';
import { type ArmPlan, digest, type PilotPlan } from './plan.ts';
import type { Ablation, Comparison, SettingsSweep } from './result.ts';
import { itemsByClass } from './statistics/predictions.ts';
import { gridOf, methodAt, parseAxis } from './sweep/points.ts';

/** Which variants of a method run beside A and B. */
export interface VariantOptions {
  /** A method whose parts are left out one by one: `allnc`. */
  readonly ablate?: string;
  /** Settings of a method and their values, at most two: `allnc.hycon=0,0.1,0.3,1`. */
  readonly sweep?: readonly string[];
}

/** What became of `VariantOptions`: the arms and what each is. */
export interface Variants {
  readonly ablation?: Ablation;
  readonly sweep?: SettingsSweep;
}

/** Combinations of settings: more would take longer than a pilot should, and show more of chance than of the settings. */
const MOST_POINTS = 36;

/** @throws InputError for an unknown method or setting, a value that is not allowed, or too many */
export function variantsOf({ ablate, sweep }: VariantOptions): Variants {
  const texts = sweep ?? [];
  return {
    ...(ablate === undefined ? {} : { ablation: copied(ablationOf(ablate)) }),
    ...(texts.length === 0 ? {} : { sweep: sweepOf(texts) }),
  };
}

function copied({ method, parts, arms }: ReturnType<typeof ablationOf>): Ablation {
  return {
    method,
    parts: [...parts],
    arms: Object.fromEntries(Object.entries(arms).map(([arm, present]) => [arm, [...present]])),
  };
}

function sweepOf(texts: readonly string[]): SettingsSweep {
  const named = texts.map(parseSweep);
  const [{ method }] = named;
  const axes = named.map(({ axis }) => axis);
  const other = named.find((own) => own.method !== method);
  if (other) throw new InputError(`--sweep: settings of one method form a grid, got "${method}" and "${other.method}"`);
  if (axes.length > 2) throw new InputError(`--sweep: at most two settings form a grid, got ${axes.length}`);
  if (axes.length === 2 && axes[0].name === axes[1].name)
    throw new InputError(`--sweep: "${axes[0].name}" is named twice; put all its values into one`);
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_POINTS)
    throw new InputError(`--sweep: ${count} settings of ${method} are too many; name at most ${MOST_POINTS}`);
  const points = gridOf(axes).map((settings) => ({
    settings: { ...settings },
    method: parseMethod(methodAt(method, settings)).name,
  }));
  points.forEach((point, i) => {
    const twin = points.findIndex((own) => own.method === point.method);
    const told = (one: typeof point) => Object.values(one.settings).join(' and ');
    if (twin < i) throw new InputError(`--sweep: ${told(points[twin])} and ${told(point)} are the same setting`);
  });
  return { method, axes, points };
}

/** `allnc.hycon=0,0.3,1`: the method, a setting of it and its values. */
function parseSweep(text: string): { method: string; axis: { name: string; values: string[] } } {
  const found = /^(.+)\.([a-z][\w-]*)=(.+)$/i.exec(text.trim());
  if (!found)
    throw new InputError(`--sweep: "${text}" is not of the form method.setting=value,value, as in allnc.hycon=0,0.3,1`);
  const axis = parseAxis(`${found[2]}=${found[3]}`, '--sweep');
  if (!('values' in axis))
    throw new InputError(`--sweep: "${text}" is a range; name its values, as in allnc.hycon=0,0.3,1`);
  if (axis.values.length < 2) throw new InputError(`--sweep: "${text}" names one value; name at least two`);
  return { method: parseMethod(found[1]).name, axis: { name: axis.name, values: [...axis.values] } };
}

/**
 * The candidate and the references that variants ask for: the ablated method is the candidate where none is named, and the
 * variants stand in place of the usual references.
 */
export function armChoices(
  { candidate, references }: { readonly candidate?: string; readonly references?: readonly string[] },
  { ablation, sweep }: Variants,
): { candidate?: string; references?: readonly string[] } {
  if (!ablation && !sweep) return { candidate, references };
  const arms = [...Object.keys(ablation?.arms ?? {}), ...(sweep?.points ?? []).map(({ method }) => method)];
  return { candidate: candidate ?? ablation?.method, references: [...(references ?? []), ...arms] };
}

/**
 * The plan with the variants in its design and in the order of simplicity: fewer parts are simpler; settings that are only
 * swept come last, since the best of many tried is no simpler method that was declared before.
 * @param named references that were asked for by name
 */
export function withVariants(plan: PilotPlan, variants: Variants, named: readonly string[] = []): PilotPlan {
  if (!variants.ablation && !variants.sweep) return plan;
  const design = { ...plan.design, ...variants };
  return { ...plan, arms: ranked(plan.arms, variants, named), design, hash: digest(design) };
}

function ranked(arms: readonly ArmPlan[], { ablation, sweep }: Variants, named: readonly string[]): ArmPlan[] {
  const own = arms.find(({ spec }) => spec.name === ablation?.method)?.simplicity ?? Number.POSITIVE_INFINITY;
  const rank = ({ spec, simplicity }: ArmPlan) => {
    const present = ablation?.arms[spec.name] ?? ablation?.parts ?? [];
    return simplicity < own ? simplicity : simplicity + present.length;
  };
  const last = 1 + Math.max(...arms.map(rank));
  const declared = new Set([...named.map((text) => parseMethod(text).name), ...Object.keys(ablation?.arms ?? {})]);
  const tried = new Set(sweep?.points.map(({ method }) => method).filter((method) => !declared.has(method)));
  return arms.map((arm) => ({
    ...arm,
    simplicity: arm.role === 'reference' && tried.has(arm.spec.name) ? last : rank(arm),
  }));
}

/**
 * What an ablation asks beside the comparisons of every pilot, on the criteria: every arm against the base, and the method
 * against itself without each part. None of it decides.
 * @param known the pilot's own comparisons: a pair that stands there is not compared again
 */
export function ablationComparisons(
  ablation: Ablation | undefined,
  { arms, classes, criteria, trained }: CompareSettings,
  known: readonly Comparison[],
): Comparison[] {
  if (!ablation) return [];
  const armOf = (name: string) => arms.find(({ method }) => method === name);
  const compared = ({ method }: PredictingArm, against: PredictingArm) =>
    known.some((one) => one.method === method && one.against === against.method);
  const items = itemsByClass(arms[0].predictions);
  const questions = criteria.map(
    ({ metric, margin }): Question<PredictingArm> => ({
      name: metric,
      role: 'shown',
      margin,
      ...onPredictions(metric, metricOf(metric, classes, trained), margin, classes, items),
    }),
  );
  return ablationPairs(ablation).flatMap(([method, other]) => {
    const [arm, against] = [armOf(method), armOf(other)];
    if (!arm || !against) throw new RangeError(`ablation: no arm "${arm ? other : method}"`);
    return compared(arm, against) ? [] : comparePair(arm, against, questions);
  });
}

/** Pairs of arms that tell what the parts do: method minus against, each once. */
function ablationPairs({ method, arms, parts }: Ablation): [method: string, against: string][] {
  const names = Object.keys(arms);
  const base = names.find((name) => arms[name].length === 0) ?? '';
  const withoutOne = names.filter((name) => arms[name].length === parts.length - 1 && name !== base);
  return [
    ...names.filter((name) => name !== base).map((name): [string, string] => [name, base]),
    ...withoutOne.map((name): [string, string] => [method, name]),
  ];
}

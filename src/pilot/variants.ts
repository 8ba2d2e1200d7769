import { InputError } from '../array/errors.ts';
import { ablationOf, type ItemKind, type MethodSpec, parseMethod, suited } from '../methods/index.ts';
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

/** What a pilot is told of its arms. */
interface ArmOptions extends VariantOptions {
  readonly candidate?: string;
  readonly references?: readonly string[];
}

/** What became of `VariantOptions`: the arms and what each is. */
export interface Variants {
  readonly ablation?: Ablation;
  readonly sweep?: SettingsSweep;
}

/** Combinations of settings: more would take longer than a pilot should, and show more of chance than of the settings. */
const MOST_POINTS = 36;

/**
 * The variants, of methods in the form that suits the items.
 * @throws InputError for an unknown method or setting, a value that is not allowed, or too many
 */
export function variantsOf({ ablate, sweep }: VariantOptions, kind: ItemKind = 'table'): Variants {
  const texts = sweep ?? [];
  return {
    ...(ablate === undefined ? {} : { ablation: copied(ablationOf(suited(ablate, kind))) }),
    ...(texts.length === 0 ? {} : { sweep: sweepOf(texts, kind) }),
  };
}

function copied({ method, parts, arms }: ReturnType<typeof ablationOf>): Ablation {
  return {
    method,
    parts: [...parts],
    arms: Object.fromEntries(Object.entries(arms).map(([arm, present]) => [arm, [...present]])),
  };
}

function sweepOf(texts: readonly string[], kind: ItemKind): SettingsSweep {
  const named = texts.map((text) => parseSweep(text, kind));
  const [{ base }] = named;
  const axes = named.map(({ axis }) => axis);
  const other = named.find((own) => own.base.name !== base.name)?.base.name;
  if (other !== undefined)
    throw new InputError(`--sweep: settings of one method form a grid, got "${base.name}" and "${other}"`);
  if (axes.length > 2) throw new InputError(`--sweep: at most two settings form a grid, got ${axes.length}`);
  if (axes.length === 2 && axes[0].name === axes[1].name)
    throw new InputError(`--sweep: "${axes[0].name}" is named twice; put all its values into one`);
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_POINTS)
    throw new InputError(`--sweep: ${count} settings of ${base.name} are too many; name at most ${MOST_POINTS}`);
  const points = gridOf(axes).map((settings) => ({
    settings: { ...settings },
    method: parseMethod(methodAt(base.name, settings)).name,
  }));
  points.forEach((point, i) => {
    const twin = points.findIndex((own) => own.method === point.method);
    const told = (one: typeof point) => Object.values(one.settings).join(' and ');
    if (twin < i) throw new InputError(`--sweep: ${told(points[twin])} and ${told(point)} are the same setting`);
  });
  const swept = new Set(axes.map(({ name }) => name));
  return { method: parseMethod(inFull(base, (name) => !swept.has(name))).name, axes, points };
}

/** `allnc.hycon=0,0.3,1`: the method, a setting of it and its values. */
function parseSweep(text: string, kind: ItemKind): { base: MethodSpec; axis: { name: string; values: string[] } } {
  const found = /^(.+)\.([a-z][\w-]*)=(.+)$/i.exec(text.trim());
  if (!found)
    throw new InputError(`--sweep: "${text}" is not of the form method.setting=value,value, as in allnc.hycon=0,0.3,1`);
  const axis = parseAxis(`${found[2]}=${found[3]}`, '--sweep');
  if (!('values' in axis))
    throw new InputError(`--sweep: "${text}" is a range; name its values, as in allnc.hycon=0,0.3,1`);
  if (axis.values.length < 2) throw new InputError(`--sweep: "${text}" names one value; name at least two`);
  return { base: parseMethod(suited(found[1], kind)), axis: { name: axis.name, values: [...axis.values] } };
}

/** A method with all its settings, those at their defaults too: nothing is left to suit the items. */
function inFull({ method, settings }: MethodSpec, kept: (setting: string) => boolean = () => true): string {
  const own = Object.entries(settings).filter(([name]) => kept(name));
  return [method.name, ...own.map(([name, value]) => `${name}=${value}`)].join(':');
}

/**
 * The candidate and the references that variants ask for: the ablated method is the candidate where none is named, and the
 * variants stand in place of the usual references.
 */
export function armChoices(
  { candidate, references, ablate }: ArmOptions,
  { ablation, sweep }: Variants,
): { candidate?: string; references?: readonly string[] } {
  if (!ablation && !sweep) return { candidate, references };
  const arms = [...Object.keys(ablation?.arms ?? {}), ...(sweep?.points ?? []).map(({ method }) => method)];
  return {
    candidate: candidate ?? ablate,
    references: [...(references ?? []), ...arms.map((name) => inFull(parseMethod(name)))],
  };
}

/**
 * The plan with the variants in its design and in the order of simplicity: fewer parts are simpler; settings that are only
 * swept come last, since the best of many tried is no simpler method that was declared before.
 * @param references those that were asked for by name
 */
export function withVariants(
  plan: PilotPlan,
  variants: Variants,
  references: readonly string[],
  kind: ItemKind,
): PilotPlan {
  if (!variants.ablation && !variants.sweep) return plan;
  const design = { ...plan.design, ...variants };
  const named = references.map((text) => parseMethod(suited(text, kind)).name);
  return { ...plan, arms: ranked(plan.arms, variants, named), design, hash: digest(design) };
}

function ranked(arms: readonly ArmPlan[], { ablation, sweep }: Variants, named: readonly string[]): ArmPlan[] {
  const own = arms.find(({ spec }) => spec.name === ablation?.method)?.simplicity ?? Number.POSITIVE_INFINITY;
  const rank = ({ spec, simplicity }: ArmPlan) => {
    const present = ablation?.arms[spec.name] ?? ablation?.parts ?? [];
    return simplicity < own ? simplicity : simplicity + present.length;
  };
  const last = 1 + Math.max(...arms.map(rank));
  const declared = new Set([...named, ...Object.keys(ablation?.arms ?? {})]);
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

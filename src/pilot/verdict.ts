import type { Comparison, Next, Reason, Verdict } from './result.ts';

/**
 * The verdict rule, on data alone: no predictions, no statistics. compare.ts makes the comparisons; the deeper
 * statistics (thresholds, cost, looking early) enter as comparisons or as further conditions of `judge`.
 */
export interface VerdictInput {
  readonly baseline: string;
  readonly candidate: string;
  /** Declared order of simplicity of the candidate and every reference: 0 is the simplest. */
  readonly simplicity: Readonly<Record<string, number>>;
  readonly repeats: number;
  /** Fewer repeats than this can't settle anything (6). */
  readonly repeatsForVerdict: number;
  /** Candidate and every reference against the baseline, and the candidate against every reference. */
  readonly comparisons: readonly Comparison[];
  /** What would settle an undecided criterion, by compared pair. */
  readonly plans?: readonly PairPlan[];
}

export interface PairPlan {
  readonly method: string;
  readonly against: string;
  readonly criterion: string;
  readonly next: readonly Next[];
}

/**
 * State of a difference with interval [l, u] and margin m: better (l > 0), worse (u < 0), equivalent (-m < l, u < m),
 * else undecided.
 *
 * @param worse overrides u < 0 where "any worse" is asked of several criteria at once (Holm)
 * @param measurable false: too few items or groups, so neither better nor worse nor equivalent
 */
export function stateOf(
  interval: readonly [number, number] | null,
  margin: number,
  { worse, measurable = true }: { worse?: boolean; measurable?: boolean } = {},
): Comparison['state'] {
  if (!interval || !measurable) return 'undecided';
  const [l, u] = interval;
  if (l > 0) return 'better';
  if (worse ?? u < 0) return 'worse';
  return -margin < l && u < margin ? 'equivalent' : 'undecided';
}

/** What one method's comparisons with the baseline amount to, other methods left aside. */
type Judgement = 'adopt' | 'equivalent' | 'reject' | 'inconclusive';

/**
 * Verdict on the candidate:
 *
 * - reject: a criterion worse or a guard broken (both Holm-corrected by the caller);
 * - adopt: every criterion better or equivalent, at least one better, no guard broken;
 * - simpler-is-enough: as adopt, but a simpler reference would be adopted too, and the candidate is not shown better
 *   than it (on no criterion does the interval of candidate minus reference lie above 0); names the simplest such;
 * - equivalent: every criterion equivalent;
 * - inconclusive: otherwise, and always below `repeatsForVerdict` repeats.
 *
 * Rules of the reasons: `criterion`, `criterion-missing`, `guard-kept`, `guard-broken`, `guard-missing` (candidate
 * against baseline), `too-few-repeats`, `simpler` (candidate against the simpler reference; its state says whether the
 * two are equivalent, the reference is better, or undecided), and `reference-...` (a simpler reference against the
 * baseline, where it would be adopted). When the candidate itself is not adopted but a simpler reference would be,
 * `next` says so too.
 *
 * @throws RangeError when the candidate has no criterion comparison with the baseline
 */
export function verdict(input: VerdictInput): Verdict {
  const { baseline, candidate, repeats, repeatsForVerdict } = input;
  const own = judge(input, candidate);
  const done = (outcome: Verdict['outcome'], reasons: Reason[], next: Next[]): Verdict => ({
    outcome,
    baseline,
    candidate,
    reasons,
    next,
  });
  if (repeats < repeatsForVerdict) {
    const more = repeatsForVerdict - repeats;
    const detail = `run ${more} more ${more === 1 ? 'repeat' : 'repeats'}: a verdict needs ${repeatsForVerdict}, there ${repeats === 1 ? 'is' : 'are'} ${repeats}`;
    return done('inconclusive', [{ rule: 'too-few-repeats' }, ...own.reasons], [{ action: 'repeat', more, detail }]);
  }
  if (own.judgement === 'adopt') {
    const simpler = simplestThatIsEnough(input);
    if (!simpler) return done('adopt', own.reasons, []);
    const { method, over } = simpler;
    const next: Next = {
      action: 'adopt-simpler',
      method,
      detail: `${method} is simpler, would be adopted as well, and ${candidate} is not shown better than it`,
    };
    const open = over.filter((c) => c.state === 'undecided').map((c) => c.metric);
    const reasons = [...own.reasons, ...ofReference(input, method), ...over.map((c) => because('simpler', c))];
    return {
      ...done('simpler-is-enough', reasons, [next, ...plansFor(input, candidate, method, open)]),
      simpler: method,
    };
  }

  const adoptable = simplestFirst(input).find((method) => judge(input, method).judgement === 'adopt');
  const reasons = [...own.reasons, ...(adoptable ? ofReference(input, adoptable) : [])];
  const instead: Next[] = adoptable
    ? [
        {
          action: 'adopt-simpler',
          method: adoptable,
          detail: `${adoptable} is simpler than ${candidate} and would be adopted in its place`,
        },
      ]
    : [];
  if (own.judgement !== 'inconclusive') return done(own.judgement, reasons, instead);
  const plans = plansFor(input, candidate, baseline, own.open);
  const none: Next = { action: 'none', detail: 'no number of items or repeats within reach would settle it' };
  return done('inconclusive', reasons, [...(plans.length > 0 ? plans : [none]), ...instead]);
}

/** A method against the baseline: the judgement, its reasons, and the metrics that keep it open. */
function judge(input: VerdictInput, method: string): { judgement: Judgement; reasons: Reason[]; open: string[] } {
  const own = input.comparisons.filter((c) => c.method === method && c.against === input.baseline);
  const criteria = own.filter((c) => c.role === 'criterion');
  const guards = own.filter((c) => c.role === 'guard');
  if (criteria.length === 0)
    throw new RangeError(`verdict: no criterion compares "${method}" with "${input.baseline}"`);

  const missing = (c: Comparison) => c.interval === null;
  const reasons = [
    ...criteria.map((c) => because(missing(c) ? 'criterion-missing' : 'criterion', c)),
    ...guards.map((c) => because(missing(c) ? 'guard-missing' : c.broken ? 'guard-broken' : 'guard-kept', c)),
  ];
  const open = [...criteria.filter((c) => missing(c) || c.state === 'undecided'), ...guards.filter(missing)];
  const judgement: Judgement =
    criteria.some((c) => c.state === 'worse') || guards.some((c) => c.broken)
      ? 'reject'
      : open.length > 0
        ? 'inconclusive'
        : criteria.some((c) => c.state === 'better')
          ? 'adopt'
          : 'equivalent';
  return { judgement, reasons, open: open.map((c) => c.metric) };
}

/** Why a reference would be adopted: rules `reference-criterion`, `reference-guard-kept`. */
function ofReference(input: VerdictInput, method: string): Reason[] {
  return judge(input, method).reasons.map((reason) => ({ ...reason, rule: `reference-${reason.rule}` }));
}

/** References simpler than the candidate, the simplest first. */
function simplestFirst({ simplicity, candidate, baseline, comparisons }: VerdictInput): string[] {
  const methods = new Set(comparisons.filter((c) => c.against === baseline).map((c) => c.method));
  const rank = (method: string) => simplicity[method] ?? Number.POSITIVE_INFINITY;
  return [...methods].filter((m) => m !== candidate && rank(m) < rank(candidate)).sort((a, b) => rank(a) - rank(b));
}

/** The simplest reference that would be adopted too and that the candidate is not shown better than. */
function simplestThatIsEnough(input: VerdictInput): { method: string; over: Comparison[] } | undefined {
  for (const method of simplestFirst(input)) {
    if (judge(input, method).judgement !== 'adopt') continue;
    const over = input.comparisons.filter(
      (c) => c.method === input.candidate && c.against === method && c.role === 'criterion',
    );
    const better = over.some((c) => c.state === 'better') && !over.some((c) => c.state === 'worse');
    if (!better) return { method, over };
  }
  return undefined;
}

function plansFor(input: VerdictInput, method: string, against: string, criteria: readonly string[]): Next[] {
  const plans = (input.plans ?? []).filter(
    (plan) => plan.method === method && plan.against === against && criteria.includes(plan.criterion),
  );
  return plans.flatMap((plan) => plan.next);
}

function because(rule: string, c: Comparison): Reason {
  const { metric: criterion, method, against, difference, interval, margin, state } = c;
  return { rule, criterion, method, against, difference, interval, margin, state };
}

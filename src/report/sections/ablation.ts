import type { Ablation, Classification, Result } from '../../pilot/result.ts';
import { comparisonOf, leastUnits, pair, placeOf, unitsOf } from '../arms.ts';
import { forestChart } from '../charts/forest.ts';
import { sign } from '../charts/recall.ts';
import { figure, sized, spokenSign, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, join, same, say, type Text } from '../language.ts';
import { footnotes, type Notes } from '../notes.ts';
import { pointer } from '../pointer.ts';
import { column, differenceCell, metricCell, table } from '../table.ts';
import { methodName, metricName } from '../text/names.ts';
import { fewRepeats, ablationTexts as t } from '../text/variants.ts';
import { roles, states } from '../text/words.ts';

/** What each part of the ablated method does: sentences, chart, table. */
export function ablationSection(result: Classification, ablation: Ablation): Html {
  const { parts, method } = ablation;
  const intro = parts.length > 1 ? t.intro : t.introOne;
  const sentences = ablationSentences(result, ablation).map((text) => html`<li>${say(text)}</li>`);
  const few = tooFewRepeats(result) && html`<p class="hint">${say(fewRepeats)}</p>`;
  return html`<p>${say(intro, { method: methodName(method), count: parts.length })}</p><ul class="told">${sentences}</ul>${few}${forest(result, ablation)}${armsTable(result, ablation)}<p class="hint">${say(t.hint)}</p>`;
}

export function tooFewRepeats({ verdict }: Result): boolean {
  return verdict.reasons.some(({ rule }) => rule === 'too-few-repeats');
}

/** One sentence a part and criterion, then one of all parts together. */
export function ablationSentences(result: Classification, ablation: Ablation): Text[] {
  const { parts } = ablation;
  return result.design.criteria.flatMap(({ metric }, i) => [
    ...parts.map((part) => partSentence(result, ablation, part, metric, i)),
    ...(parts.length > 1 ? [togetherSentence(result, ablation, metric)] : []),
  ]);
}

type Found = NonNullable<ReturnType<typeof comparisonOf>>;

/** What the part does beside the rest, and alone on the base. */
function effectsOf(
  result: Result,
  ablation: Ablation,
  part: string,
  metric: string,
): { beside: Found | null; alone: Found | null } {
  const { method, parts } = ablation;
  const others = parts.filter((one) => one !== part);
  const compared = (one: string, against: string) => measured(comparisonOf(result, one, against, metric));
  return {
    beside: compared(method, armWith(ablation, others)),
    // Of two parts the other one is left out of the whole; of one alone there is nothing more to say.
    alone: parts.length > 1 ? compared(armWith(ablation, [part]), armWith(ablation, [])) : null,
  };
}

function measured(found: Found | null): Found | null {
  return found?.comparison.difference == null || found.comparison.interval === null ? null : found;
}

/** The arm that has these parts and no others. @throws RangeError where there is none */
function armWith({ arms }: Ablation, parts: readonly string[]): string {
  const found = Object.keys(arms).find(
    (arm) => arms[arm].length === parts.length && parts.every((part) => arms[arm].includes(part)),
  );
  if (found === undefined) throw new RangeError(`report: the ablation has no arm with the parts "${parts.join(', ')}"`);
  return found;
}

function partSentence(result: Classification, ablation: Ablation, part: string, metric: string, i: number): Text {
  const { beside, alone } = effectsOf(result, ablation, part, metric);
  if (beside === null) return fill(t.absent, { part });
  const { state } = beside.comparison;
  const margin = sized(figure(result, pointer('design', 'criteria', i, 'margin'), unitOf(metric).value), metric);
  const first = fill(t[state], {
    part,
    metric: metricName(metric),
    margin,
    ...numbersOf(result, beside, state === 'better'),
  });
  if (alone === null) return first;
  const second = fill(t.alone, { ...numbersOf(result, alone), state: fill(states[alone.comparison.state].word) });
  return join([first, second], { en: ' ', ja: '' });
}

function togetherSentence(result: Classification, ablation: Ablation, metric: string): Text {
  const found = measured(comparisonOf(result, ablation.method, armWith(ablation, []), metric));
  if (found === null) return fill(t.absent, { part: fill(t.togetherRow) });
  const state = fill(states[found.comparison.state].word);
  return fill(t.together, { metric: metricName(metric), state, ...numbersOf(result, found) });
}

/** @param plain without a plus sign, where the words say that it is more */
function numbersOf(result: Result, { comparison: { metric }, path }: Found, plain = false) {
  const { difference, value } = unitOf(metric);
  const format = plain ? value : difference;
  return {
    difference: sized(figure(result, `${path}/difference`, format), metric),
    low: figure(result, `${path}/interval/0`, format),
    high: figure(result, `${path}/interval/1`, format),
  };
}

/** What each part moves the first criterion by. */
function forest(result: Classification, ablation: Ablation): Html | null {
  const { parts, method } = ablation;
  const [{ metric }] = result.design.criteria;
  const row = (found: Found | null, label: Text) =>
    // Though the pilot only shows some of these differences, they all are of the criterion: the band is theirs too.
    found === null ? [] : [{ comparison: { ...found.comparison, role: 'criterion' as const }, label }];
  const rows = parts.flatMap((part) => {
    const { beside, alone } = effectsOf(result, ablation, part, metric);
    return [...row(beside, fill(t.besideRow, { part })), ...row(alone, fill(t.aloneRow, { part }))];
  });
  if (rows.length === 0) return null;
  const together = measured(comparisonOf(result, method, armWith(ablation, []), metric));
  const all = parts.length > 1 ? [...rows, ...row(together, fill(t.togetherRow))] : rows;
  return forestChart(all, fill(t.forestCaption, { metric: metricName(metric) }), fill(t.forestLabel));
}

/** Every arm with its parts as ticks, the criteria and guards, the difference to the base, the rarest classes. */
function armsTable(result: Classification, ablation: Ablation): Html {
  const { criteria, guards } = result.design;
  const { a } = pair(result);
  const notes = footnotes('part');
  const guarded = guards.map(({ metric }) => metric).filter((metric) => criteria.every((own) => own.metric !== metric));
  const rare = rarest(result).map((c) => `recall[${a.classes[c].name}]`);
  const shown = [...guarded, ...rare];
  const title = (metric: string) => column(capital(metricName(metric)));
  const head = html`<tr>${column(fill(t.arm), 'text')}${ablation.parts.map((part) => column(same(html`<span class="n">${part}</span>`), 'text'))}${criteria.map(
    ({ metric }) => html`${title(metric)}${column(fill(t.differenceTo, { Metric: capital(metricName(metric)) }))}`,
  )}${shown.map(title)}</tr>`;
  const names = Object.keys(ablation.arms);
  const rows = [...(names.includes(a.method) ? [] : [a.method]), ...names].map((name) => {
    const i = placeOf(result, name);
    const own = ablation.arms[name];
    const ticks = ablation.parts.map(
      (part) => html`<td>${own && spokenSign(own.includes(part) ? t.has : t.hasNot)}</td>`,
    );
    const decided = criteria.map(
      ({ metric }) => html`${metricCell(result, i, metric, notes)}${toBase(result, ablation, name, metric, notes)}`,
    );
    return html`<tr class="${result.arms[i].role}">${armCell(result, ablation, i)}${ticks}${decided}${shown.map((metric) => metricCell(result, i, metric, notes))}</tr>`;
  });
  return table('table-ablation', fill(t.tableCaption), head, html`<tbody>${rows}</tbody>`, notes);
}

/** The three rarest classes that can be measured, but never all of them; where none can, the rarest. */
function rarest(result: Result): number[] {
  const { a } = pair(result);
  const places = [...a.classes.keys()].slice(1);
  const measurable = places.filter((c) => unitsOf(result, a, c) >= leastUnits);
  return (measurable.length > 0 ? measurable : places).slice(measurable.length > 0 ? -3 : -1);
}

function armCell(result: Result, { arms, parts }: Ablation, i: number): Html {
  const { method, role } = result.arms[i];
  const kind = role === 'baseline' ? 'a' : role === 'candidate' ? 'b' : 'other';
  const own = arms[method];
  const name = own ? fill(...labelOf(own, parts)) : fill(roles.baseline);
  return html`<th scope="row">${sign(kind)} ${say(name)}<span class="ci">${say(methodName(method))}</span></th>`;
}

function labelOf(own: readonly string[], parts: readonly string[]): Parameters<typeof fill> {
  if (own.length === 0) return [t.base];
  if (own.length === parts.length) return [t.all];
  if (own.length === 1) return [t.only, { part: own[0] }];
  return [t.allBut, { part: parts.find((part) => !own.includes(part)) }];
}

function toBase(result: Result, ablation: Ablation, name: string, metric: string, notes: Notes): Html {
  const base = armWith(ablation, []);
  if (name === base) return html`<td class="num soft">${say(t.isBase)}</td>`;
  const found = ablation.arms[name] ? comparisonOf(result, name, base, metric) : null;
  return differenceCell(result, found, notes);
}

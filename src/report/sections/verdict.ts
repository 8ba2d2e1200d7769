import type { Result } from '../../pilot/result.ts';
import { comparisonOf, mainCriterion, pair } from '../arms.ts';
import { type ForestRow, forestChart } from '../charts/forest.ts';
import { figure, smallerIsBetter, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, join, say, type Text } from '../language.ts';
import { pointer } from '../pointer.ts';
import { comparisonTexts } from '../text/comparisons.ts';
import { fileName, known } from '../text/known.ts';
import { methodName, metricName } from '../text/names.ts';
import { counted, unitIn } from '../text/units.ts';
import { outcomes, verdictWords as t } from '../text/verdict.ts';
import { alarmLine } from './alarm.ts';
import { criterionCards, guardCards, rareCard } from './cards.ts';
import { verdictTexts } from './verdict-texts.ts';

export { verdictTexts };

/** The verdict in one sentence, reasons, next steps and key figures. Holds the page's `h1`. */
export function verdictSection(result: Result): Html {
  const { outcome } = result.verdict;
  const { headline, reasons, steps } = verdictTexts(result);
  const list = (texts: readonly Text[]) => html`<ul>${texts.map((text) => html`<li>${say(text)}</li>`)}</ul>`;
  return html`<p class="outcome ${outcome}"><span class="glyph" aria-hidden="true">${outcomes[outcome].sign}</span> ${say(outcomes[outcome].word)}</p>
<h1 id="verdict-title">${say(headline)}</h1>
<p class="ab">${say(t.ab, abFillings(result))}</p>
<div class="lead"><div><h2>${say(t.why)}</h2>${list(reasons)}</div>${steps.length > 0 && html`<div><h2>${say(t.next)}</h2>${list(steps)}</div>`}</div>
${result.task === 'represent' && alarmLine(result)}<h2 class="quiet">${say(t.keyFigures, abFillings(result))}</h2><div class="cards">${criterionCards(result)}${rareCard(result)}${guardCards(result)}</div>
${decidingForest(result)}${otherForests(result)}
<p class="hint">${say(result.task === 'classify' ? t.recallHint : t.representHint)}</p><p class="statement">${say(t.statement, { statement: known(result.design.statement) })}</p>`;
}

function abFillings(result: Result) {
  const { a, b } = pair(result);
  return {
    baseline: methodName(a.method),
    candidate: methodName(b.method),
    file: fileName(result.data.file),
    items: fill(counted[unitIn(result.data)], { count: figure(result, '/data/rows', 'count') }),
  };
}

/** Criteria and guards in points, in one chart. */
function decidingForest(result: Result): Html | null {
  const { criteria, guards } = result.design;
  const rows = [...criteria, ...guards].flatMap(({ metric }) => (unitOf(metric).percent ? rowOf(result, metric) : []));
  if (rows.length === 0) return null;
  const first = Math.max(
    0,
    criteria.findIndex(({ metric }) => unitOf(metric).percent),
  );
  const { metric } = criteria[first] ?? { metric: mainCriterion(result) };
  const margin = figure(result, pointer('design', 'criteria', first, 'margin'), unitOf(metric).value);
  return forestChart(rows, fill(t.forestCaption, { margin }), fill(t.forestLabel));
}

/** Criteria that are numbers of their own, each on its own scale. */
function otherForests(result: Result): (Html | null)[] {
  return result.design.criteria.map(({ metric }, i) => {
    const rows = unitOf(metric).percent ? [] : rowOf(result, metric);
    if (rows.length === 0) return null;
    const margin = figure(result, pointer('design', 'criteria', i, 'margin'), unitOf(metric).value);
    const caption = smallerIsBetter(metric) ? t.forestLowerCaption : t.forestNumberCaption;
    return forestChart(rows, fill(caption, { metric: metricName(metric), margin }), fill(t.forestLabel));
  });
}

function rowOf(result: Result, metric: string): ForestRow[] {
  const { a, b } = pair(result);
  const comparison = comparisonOf(result, b.method, a.method, metric)?.comparison;
  if (comparison === undefined || comparison.interval === null) return [];
  const name = [capital(metricName(metric)), fill(comparisonTexts[comparison.role])];
  return [{ comparison, label: join(name, { en: ', ', ja: '・' }) }];
}

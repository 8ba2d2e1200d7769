import type { Result } from '../../pilot/result.ts';
import { comparisonOf, mainCriterion, pair } from '../arms.ts';
import { forestChart } from '../charts/forest.ts';
import { figure, unitOf } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { capital, fill, join, say, type Text } from '../language.ts';
import { comparisonTexts } from '../text/comparisons.ts';
import { known } from '../text/known.ts';
import { methodName, metricName } from '../text/names.ts';
import { outcomes, verdictWords as t } from '../text/verdict.ts';
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
<h2 class="quiet">${say(t.keyFigures, abFillings(result))}</h2><div class="cards">${criterionCards(result)}${rareCard(result)}${guardCards(result)}</div>
${decidingForest(result)}
<p class="hint">${say(t.recallHint)}</p><p class="statement">${say(t.statement, { statement: known(result.design.statement) })}</p>`;
}

function abFillings(result: Result) {
  const { a, b } = pair(result);
  return {
    baseline: methodName(a.method),
    candidate: methodName(b.method),
    file: result.data.file,
    rows: figure(result, '/data/rows', 'count'),
  };
}

function decidingForest(result: Result): Html | null {
  const { a, b } = pair(result);
  const rows = [...result.design.criteria, ...result.design.guards].flatMap(({ metric }) => {
    const found = comparisonOf(result, b.method, a.method, metric);
    return found === null || found.comparison.interval === null || !unitOf(metric).percent ? [] : [found.comparison];
  });
  if (rows.length === 0) return null;
  const margin = figure(result, '/design/criteria/0/margin', unitOf(mainCriterion(result)).value);
  const labelled = rows.map((comparison) => ({
    comparison,
    label: join([capital(metricName(comparison.metric)), fill(comparisonTexts[comparison.role])], {
      en: ', ',
      ja: '・',
    }),
  }));
  return forestChart(labelled, fill(t.forestCaption, { margin }), fill(t.forestLabel));
}

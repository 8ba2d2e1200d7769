import type { Comparison, Result } from '../../pilot/result.ts';
import { leastUnits } from '../arms.ts';
import { type Html, html } from '../html.ts';
import { fill, say, type Text } from '../language.ts';
import type { Notes } from '../notes.ts';
import { differenceCell } from '../table.ts';
import { states } from '../text/words.ts';

/** A comparison and its address in the result. */
interface Compared {
  readonly comparison: Comparison;
  readonly path: string;
}

/** B - A with its interval, and its state in words. @param units items (or groups) of a class, which may be too few */
export function changeCells(result: Result, found: Compared | null, notes: Notes, units = leastUnits): Html {
  const shown = differenceCell(result, found, notes);
  if (units < leastUnits) {
    const key = result.design.unit === 'group' ? 'unmeasurableGroups' : 'unmeasurable';
    return html`${shown}<td>${stateMark(key, fill(states[key].word, { more: leastUnits - units }))}</td>`;
  }
  const key = found?.comparison.difference == null ? 'absent' : found.comparison.state;
  return html`${shown}<td>${stateMark(key)}</td>`;
}

/** A state as sign and word: never by colour alone. */
export function stateMark(state: keyof typeof states, word?: Text): Html {
  return html`<span class="state ${state}"><span class="glyph" aria-hidden="true">${states[state].sign}</span> ${say(word ?? fill(states[state].word))}</span>`;
}

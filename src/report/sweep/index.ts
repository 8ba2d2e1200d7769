import type { SweepResult } from '../../pilot/sweep/result.ts';
import { pageHtml } from '../frame.ts';
import { fill, type Language, languages } from '../language.ts';
import { methodName } from '../text/names.ts';
import { designSection } from './design.ts';
import { effectsSection } from './effects.ts';
import { headline } from './headline.ts';
import { mapSection } from './map.ts';
import { baselineName, code } from './numbers.ts';
import { pointsSection } from './points.ts';
import { sweepStyle } from './style.ts';
import { designTexts, effectTexts, mapTexts, pointTexts, sweepTexts } from './texts.ts';

/** Settings of the page. */
export interface SweepPageOptions {
  /** The language shown first; the reader can switch. Default `en`. */
  readonly lang?: Language;
}

/**
 * The page of a sweep: how narrow the good region is, the map of all settings, what each hyper-parameter moves. One HTML
 * page from the result alone, in English and Japanese, without scripts and without anything from a network. The same
 * result gives the same bytes. Every number of the result on it carries `data-path`, its JSON Pointer in sweep.json, and
 * `data-value`, its full value.
 * @throws RangeError when `lang` is neither `en` nor `ja`, or a best point is none of the points
 */
export function sweepHtml(result: SweepResult, { lang = 'en' }: SweepPageOptions = {}): string {
  if (!languages.includes(lang)) throw new RangeError(`report: language "${lang}" is neither en nor ja`);
  for (const { metric, point } of result.best)
    if (point !== null && result.points[point] === undefined)
      throw new RangeError(`report: best of "${metric}" is point ${point} of ${result.points.length}`);
  const names = { method: methodName(result.method), baseline: baselineName(result) };
  const { evenhand: version } = result.software;
  return pageHtml({
    lang,
    title: fill(sweepTexts.documentTitle, names),
    brand: fill(sweepTexts.brand),
    about: code(result.method),
    started: result.times.started,
    version,
    first: headline(result),
    sections: [
      { id: 'map', title: fill(mapTexts.title), body: mapSection(result) },
      { id: 'effects', title: fill(effectTexts.title), body: effectsSection(result) },
      { id: 'settings', title: fill(pointTexts.title), body: pointsSection(result) },
      { id: 'design', title: fill(designTexts.title), body: designSection(result) },
    ],
    footer: fill(sweepTexts.footer, { version }),
    extraStyle: sweepStyle,
  });
}

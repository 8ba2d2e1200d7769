import type { Representation } from '../../pilot/result.ts';
import { pair } from '../arms.ts';
import { timelineChart } from '../charts/timeline.ts';
import { type Html, html } from '../html.ts';
import { say } from '../language.ts';
import { methodName } from '../text/names.ts';
import { timelineTexts as t } from '../text/timeline.ts';

/** One held-out recording along time under A and B; nothing where the result holds none of the two. */
export function timelineSection(result: Representation): Html | null {
  const { a, b } = pair(result);
  if (a.timeline === undefined || b.timeline === undefined) return null;
  const drawn = timelineChart({
    a: a.timeline,
    b: b.timeline,
    names: { a: methodName(a.method), b: methodName(b.method) },
    channels: result.data.series?.channels ?? [],
    classes: result.data.classes.map(({ name }) => name),
  });
  return html`<p>${say(t.intro)}</p>${drawn}`;
}

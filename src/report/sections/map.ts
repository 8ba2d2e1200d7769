import type { Classification } from '../../pilot/result.ts';
import { pair } from '../arms.ts';
import { mapChart } from '../charts/map.ts';
import { figure } from '../figures.ts';
import { type Html, html } from '../html.ts';
import { fill, say } from '../language.ts';
import { mapTexts as t } from '../text/course.ts';

/** Where the nets of A and B place the evaluation items; nothing where the file has no maps. */
export function mapSection(result: Classification): Html | null {
  const { a, b, aPath, bPath } = pair(result);
  if (!a.map || !b.map) return null;
  const share = (path: string, axis: number) => figure(result, `${path}/map/explained/${axis}`, 'percent');
  const intro = fill(t.intro, {
    a1: share(aPath, 0),
    a2: share(aPath, 1),
    b1: share(bPath, 0),
    b2: share(bPath, 1),
  });
  const classes = a.classes.map(({ name }) => name);
  const count = figure(result, `${aPath}/map/items`, 'count');
  const drawn = mapChart({
    a: a.map,
    b: b.map,
    classes,
    rare: rarest(a.classes.map(({ trained }) => trained)),
    caption: (coloured) =>
      coloured ? fill(t.caption, { count }) : fill(t.manyCaption, { count, all: classes.length.toLocaleString('en') }),
    label: fill(t.label),
  });
  return html`<h3>${say(t.title)}</h3><p>${say(intro)}</p>${drawn}`;
}

/** The rarest third of the classes by training items; of equal ones the later is the rarer. */
function rarest(trained: readonly number[]): Set<number> {
  const sorted = [...trained.keys()].sort((one, other) => trained[one] - trained[other] || other - one);
  return new Set(sorted.slice(0, Math.max(2, Math.ceil(trained.length / 3))));
}

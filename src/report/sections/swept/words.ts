import type { Classification, SettingsSweep } from '../../../pilot/result.ts';
import { mainCriterion, pair } from '../../arms.ts';
import { figure, sized, unitOf } from '../../figures.ts';
import { capital, fill, join, type Text } from '../../language.ts';
import { settingsOf } from '../../sweep/numbers.ts';
import { methodName, metricName } from '../../text/names.ts';
import { sweptTexts as t } from '../../text/variants.ts';
import { pointsOf, sorted } from './points.ts';

/**
 * How many settings keep up with A, how many are shown better or worse, how far apart they lie; and that the best of them
 * may not be picked on the same data.
 */
export function sweptSentences(result: Classification, sweep: SettingsSweep): Text[] {
  const { a, b } = pair(result);
  const metric = mainCriterion(result);
  const points = pointsOf(result, sweep);
  const told = points.filter(({ good }) => good !== null);
  const good = told.filter((point) => point.good).length;
  const of = told.length;
  const names = {
    method: methodName(sweep.method),
    metric: metricName(metric),
    Metric: capital(metricName(metric)),
    baseline: methodName(a.method),
    candidate: methodName(b.method),
  };
  const margin = sized(figure(result, '/design/criteria/0/margin', unitOf(metric).value), metric);
  const share = `${Math.round((100 * good) / Math.max(1, of))} %`;
  const count = (state: string) => points.filter((point) => point.state === state).length;
  const known = sorted(points);
  const [worst, best] = [known[0], known[known.length - 1]];
  const value = ({ path }: typeof worst) => figure(result, `${path}/value`, unitOf(metric).value);
  const first = [
    fill(of === 0 ? t.unknown : t.kept, { ...names, good, of, share, margin }),
    ...(of > 0 ? [fill(t.proven, { ...names, better: count('better'), worse: count('worse'), of })] : []),
    ...(known.length > 1
      ? [
          fill(t.range, {
            ...names,
            least: value(worst),
            most: value(best),
            worst: settingsOf(worst),
            best: settingsOf(best),
          }),
        ]
      : []),
  ];
  return [join(first, { en: ' ', ja: '' }), fill(t.honest, { ...names, of: points.length })];
}

import { type Classification, type Comparison, classification } from '../../src/pilot/result.ts';
import { fixture } from './fixture.ts';

const base = 'allnc:floor=1:hycon=0:p2p=0';
const ablation = {
  method: 'allnc',
  parts: ['GBBN', 'HyCon', 'P2P'],
  arms: {
    [base]: [],
    'allnc:hycon=0:p2p=0': ['GBBN'],
    'allnc:floor=1:p2p=0': ['HyCon'],
    'allnc:floor=1:hycon=0': ['P2P'],
    'allnc:floor=1': ['HyCon', 'P2P'],
    'allnc:hycon=0': ['GBBN', 'P2P'],
    'allnc:p2p=0': ['GBBN', 'HyCon'],
    allnc: ['GBBN', 'HyCon', 'P2P'],
  },
};

/** Difference on macro recall with its interval and state, in points: the whole minus the whole without a part, or an arm minus the base. */
const differences: readonly [string, string, number, number, number, Comparison['state']][] = [
  ['allnc', 'allnc:floor=1', 1.9, 0.5, 3.3, 'better'],
  ['allnc', 'allnc:hycon=0', -1.2, -2, -0.4, 'worse'],
  ['allnc', 'allnc:p2p=0', 0.1, -0.6, 0.8, 'equivalent'],
  ['allnc', base, 2.4, 1, 3.8, 'better'],
  ['allnc:hycon=0:p2p=0', base, 2.2, 0.6, 3.8, 'better'],
  ['allnc:floor=1:p2p=0', base, -0.3, -1.9, 1.3, 'undecided'],
  ['allnc:floor=1:hycon=0', base, 0.2, -0.5, 0.9, 'equivalent'],
  ['allnc:floor=1', base, 0.5, -1, 2, 'undecided'],
  ['allnc:hycon=0', base, 3.6, 2, 5.2, 'better'],
  ['allnc:p2p=0', base, 2.3, 0.7, 3.9, 'better'],
];

/** The usual fixture with the usual references replaced by these methods, the numbers of one another's templates. */
function withReferences(names: readonly string[], outcome?: Classification['verdict']['outcome']): Classification {
  const result = fixture({ outcome });
  const [a, b, ...templates] = result.arms;
  const ofPair = (method: string, against: string) =>
    result.comparisons.filter((one) => one.method === method && one.against === against);
  const references = names.map((method, i) => ({ method, template: templates[i % templates.length] }));
  return {
    ...result,
    arms: [
      a,
      b,
      ...references.map(({ method, template }) => ({ ...template, method, settings: { ...b.settings, of: method } })),
    ],
    comparisons: [
      ...ofPair(b.method, a.method),
      ...references.flatMap(({ method, template }) =>
        ofPair(template.method, a.method).map((one) => ({ ...one, method })),
      ),
      ...references.flatMap(({ method, template }) =>
        ofPair(b.method, template.method).map((one) => ({ ...one, against: method })),
      ),
    ],
  };
}

/** A pilot with `--ablate allnc`: GBBN helps, HyCon hurts, P2P makes no difference. */
export function ablated(): Classification {
  const result = withReferences(Object.keys(ablation.arms).filter((name) => name !== 'allnc'));
  const [template] = result.comparisons;
  const known = differences.map(([method, against, value, low, high, state]) => ({
    ...template,
    method,
    against,
    role: method === 'allnc' ? ('criterion' as const) : ('shown' as const),
    difference: value / 100,
    interval: [low / 100, high / 100] as [number, number],
    state,
  }));
  const asked = new Set(known.map(({ method, against }) => `${method} ${against}`));
  return classification.parse({
    ...result,
    comparisons: [...result.comparisons.filter(({ method, against }) => !asked.has(`${method} ${against}`)), ...known],
    design: { ...result.design, ablation },
  });
}

/** A pilot with `--sweep allnc.hycon=...`, and with a second setting. The settings' numbers are those of the templates. */
export function swept(axes: { name: string; values: string[] }[]): Classification {
  const points = axes
    .reduce<Record<string, string>[]>(
      (all, { name, values }) => all.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
      [{}],
    )
    .map((settings) => {
      const text = Object.entries(settings).map(([name, value]) => `:${name}=${value}`);
      const usual = Object.entries(settings).every(([name, value]) => value === { hycon: '1', floor: '0.5' }[name]);
      return { settings, method: usual ? 'allnc' : `allnc${text.join('')}` };
    });
  const names = points.map(({ method }) => method).filter((method) => method !== 'allnc');
  const result = withReferences(names);
  return classification.parse({ ...result, design: { ...result.design, sweep: { method: 'allnc', axes, points } } });
}

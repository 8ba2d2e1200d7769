import { parseRepresentation } from '../../methods/represent/index.ts';
import { describeRepresentation } from '../represent/arms.ts';
import { directionOf } from '../represent/metrics.ts';
import { gather } from '../represent/outcomes.ts';
import { openWindows, type RepresentationPilotOptions, representationCommand } from '../represent/pilot.ts';
import { planRepresentation, type RepresentationChoices, representationChoices } from '../represent/plan.ts';
import { loadRepresentation, saveRepresentation } from '../represent/trial-file.ts';
import { runTrials } from '../run.ts';
import { type SweepOptions, type SweepTask, sweep } from './sweep.ts';

export interface RepresentationSweepOptions
  extends Omit<RepresentationPilotOptions, 'candidate' | 'references' | 'guards'>,
    Pick<SweepOptions, 'method' | 'over' | 'strategy' | 'samples'> {}

/** Beside the baseline, where nothing else is measured. */
const CONTROL = 'raw';

/** A sweep over the settings of a method of representation. @throws InputError for wrong use, before any training */
export async function sweepRepresentation(options: RepresentationSweepOptions) {
  const { method, over, strategy, samples, onEvent } = options;
  const { name } = parseRepresentation(method);
  const baseline = parseRepresentation(options.baseline ?? representationChoices.baseline).name;
  // A plan has two arms; what is measured in each round is said below.
  const other = name === baseline ? CONTROL : name;
  // One repeat tells where to look; a pilot with six tells whether it holds.
  const { windows, choices } = await openWindows({
    ...options,
    repeats: options.repeats ?? 1,
    candidate: other,
    references: [],
  });
  const first = planRepresentation(windows, choices);
  onEvent?.({ kind: 'windows', windows, findings: first.findings });
  const { arms: _, criteria: __, guards: ___, ...design } = first.design;
  const task: SweepTask = {
    task: 'represent',
    device: choices.device,
    design,
    findings: first.findings,
    check: parseRepresentation,
    measure: async (methods, steps) => {
      const names = [...new Set(methods.map((text) => parseRepresentation(text).name))];
      const [candidate = CONTROL, ...references] = names.filter((text) => text !== baseline);
      const own: RepresentationChoices = { ...choices, baseline, candidate, references, steps };
      const plan = planRepresentation(windows, own);
      const { repeats, folds } = own;
      const { outcomes, workers } = await runTrials({
        job: 'represent',
        plan,
        inWords: { methods: plan.arms.length, repeats, folds, scheme: 'grouped' },
        data: plan.data,
        device: own.device,
        options,
        files: { load: loadRepresentation, save: saveRepresentation },
      });
      const arms = gather(plan, ({ id }) => {
        const outcome = outcomes.get(id);
        if (!outcome) throw new RangeError(`sweep: trial ${id} is missing`);
        return outcome;
      });
      const metrics = new Map(
        arms.map((arm) => [arm.method, describeRepresentation(arm, arms[0], plan).metrics] as const),
      );
      return { metrics: namedAsAsked(metrics, methods), workers };
    },
    command: representationCommand('sweep', options, choices, [
      ['--method', method],
      ...over.map((text): [string, string] => ['--over', text]),
      ['--strategy', strategy],
      ['--samples', samples === undefined ? undefined : String(samples)],
    ]),
  };
  const { seed, steps, folds, repeats } = choices;
  const criteria = choices.criteria.map(({ metric, margin }) => ({
    metric,
    margin,
    direction: directionOf(metric) ?? ('higher' as const),
  }));
  return sweep({ ...options, baseline, seed, steps, folds, repeats, criteria }, task);
}

/** An arm's name leaves settings out that are at their default; the points are named in full. */
function namedAsAsked<V>(found: ReadonlyMap<string, V>, methods: readonly string[]): Map<string, V> {
  return new Map(
    methods.flatMap((name) => {
      const value = found.get(parseRepresentation(name).name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

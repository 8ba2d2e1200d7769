/**
 * `npm run longtail -- --data FOLDER` runs the study behind docs/longtail.md: every method on every set, three seeds or
 * more, then writes the page. FOLDER has a folder for each source, as sets.ts names them. Resumable: finished trainings are
 * kept in docs/longtail/out and shared between calls with other methods or other --seeds.
 *
 * --sets a,b runs only these (the long ones, those of CIFAR-10, run only so), --methods x,y only these
 * beside cross-entropy and balanced softmax, --seeds and --steps other numbers of them, --imbalance 1,10,100 thins balanced
 * sets instead, --page only writes the page from what is there; --out and --workers as in `evenhand pilot`.
 * With another --out the page is written there.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../../src/array/errors.ts';
import type { Task } from '../../src/data/dataset.ts';
import { thinned } from '../../src/data/items/thin.ts';
import { writeAtomic } from '../../src/pilot/files.ts';
import { pilotTask } from '../../src/pilot/pilot.ts';
import { defaultChoices, designHashIn, type PilotChoices, type PilotPlan, planPilot } from '../../src/pilot/plan.ts';
import { type Classification, classification } from '../../src/pilot/result.ts';
import { defaultDevice } from '../../src/runtime/devices.ts';
import type { Line } from './beside-pytorch.ts';
import { rarestThird } from './figures.ts';
import { BALANCED, BASELINE, references } from './methods.ts';
import { page } from './page.ts';
import { balancedSets, readSet, type StudySet, sets } from './sets.ts';

const own = join(import.meta.dirname, 'out');
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.' },
    sets: { type: 'string' },
    methods: { type: 'string' },
    seeds: { type: 'string' },
    steps: { type: 'string' },
    imbalance: { type: 'string' },
    out: { type: 'string', default: own },
    workers: { type: 'string' },
    page: { type: 'boolean' },
  },
});
const { out } = values;

try {
  if (!values.page) await run();
  const file = resolve(out) === own ? join(own, '../../longtail.md') : join(out, 'longtail.md');
  writeFileSync(file, page(sets(values.data), results(out), results(join(out, 'imbalance')), pytorch(out)));
  console.error(`${file} written`);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const factors = values.imbalance?.split(',').map(Number);
  const known = factors ? balancedSets(values.data) : sets(values.data);
  const asked = values.sets?.split(',');
  const names = asked ?? Object.keys(known).filter((name) => !known[name].long);
  for (const name of names) {
    const set = known[name];
    if (!set) throw new InputError(`--sets: no set "${name}"; there are ${Object.keys(known).join(', ')}`);
    if (!set.files.some((file) => existsSync(file))) {
      const message = `${name}: its files are not in "${values.data}"`;
      if (asked) throw new InputError(`--data: ${message}; name the folder that has them`);
      console.error(`${message}; left out`);
      continue;
    }
    const task = await readSet(set);
    if (!factors) await study(name, set, task, join(out, name));
    for (const factor of factors ?? [])
      await study(
        `${name}, imbalance ${factor}`,
        set,
        thinned(task, factor, 0),
        join(out, 'imbalance', `${name}-${factor}`),
      );
  }
}

/** Runs one pilot, or goes on with it. */
async function study(name: string, set: StudySet, task: Task, folder: string): Promise<void> {
  console.error(`${name}: ${task.classes.map((title, c) => `${title} ${task.counts[c]}`).join(', ')}`);
  const choices = choicesOf(set, task);
  takeOver(folder, planPilot(task, choices));
  await pilotTask(
    () => Promise.resolve(task),
    {
      ...choices,
      ...(values.workers && { workers: Number(values.workers) }),
      out: folder,
      resume: true,
      models: false,
      onEvent: (event) => {
        if (event.kind !== 'trial') return;
        const { done, total, secondsLeft } = event.progress;
        const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft / 60)} min left`;
        console.error(`  ${done}/${total} ${event.trial}: ${event.seconds.toFixed(1)} s${left}`);
      },
    },
    ({ hash }) => `npm run longtail (design ${hash})`,
  );
}

function choicesOf(set: StudySet, { classes, counts }: Task): PilotChoices {
  const { folds = defaultChoices.folds, seeds = 3, encoder, batch, augment } = set;
  return {
    baseline: BASELINE,
    // So that every method is compared with both.
    candidate: BALANCED,
    references: references(values.methods ?? set.methods),
    // Macro recall decides the operating point; the others are there to be measured at every gamma.
    criteria: [
      { metric: 'macro-recall', margin: 0.01 },
      ...rarestThird(counts).map((c) => ({ metric: `recall[${classes[c]}]`, margin: 0.01 })),
    ],
    guards: [],
    folds,
    repeats: Number(values.seeds ?? seeds),
    steps: Number(values.steps ?? set.steps),
    batch,
    encoder,
    ...(augment && { augment }),
    seed: 0,
    device: defaultDevice,
  };
}

/**
 * Trainings are known by all that determines them, so a pilot of other methods goes on from the files of the one before; the
 * folder is made its own.
 */
function takeOver(folder: string, { hash, design }: PilotPlan): void {
  const before = designHashIn(folder);
  if (before === undefined || before === hash) return;
  writeAtomic(join(folder, 'design.json'), `${JSON.stringify({ hash, ...design }, null, 2)}\n`);
}

/** What `npm run longtail:pytorch` left. */
function pytorch(folder: string): Line[] {
  const file = join(folder, 'pytorch.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Results by folder, those that are there and of this version. */
function results(folder: string): Record<string, Classification> {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return Object.fromEntries(
    names.flatMap((name) => {
      const file = join(folder, name, 'result.json');
      if (!existsSync(file)) return [];
      const { data, error } = classification.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (error) console.error(`${file}: is of another version; left out (run its set again)`);
      return data ? [[name, data]] : [];
    }),
  );
}

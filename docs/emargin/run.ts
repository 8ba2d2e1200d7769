/**
 * `npm run study -- --data FOLDER` runs the study behind docs/emargin.md and writes that page: every method on every set,
 * three seeds, three folds of whole people. FOLDER has har-chest, har-phone and sleep-edf-features (docs/emargin.md says where
 * they are from). Resumable: finished trials are kept in docs/emargin/out.
 *
 * --only har-chest-pointwise runs one part, --page only writes the page from what is there, --workers as in `evenhand pilot`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pilotRepresentation, type RepresentationPilotOptions } from '../../src/pilot/represent/pilot.ts';
import { type Representation, representation } from '../../src/pilot/result.ts';
import { page, tuned } from './page.ts';
import { sets } from './sets.ts';

/** Everything there is, beside the baseline info-nce (temperature 0.5) and the candidate emargin. */
const METHODS = [
  'raw',
  'untrained',
  'minirocket',
  'supervised',
  'info-nce:temperature=0.1',
  'info-nce:temperature=1',
  'nt-xent',
  'soft-assignment',
  'fixed-margin',
  'triplet',
  'barlow-twins',
  'vicreg',
  'hierarchical',
  'emargin:threshold=q10',
  'emargin-smooth',
  'emargin-smooth:weight=1',
  'emargin-official-double',
  'emargin-official-double:threshold=live',
  'emargin-official-single',
];

/** With the larger sets: all but the slowest and the variants. */
const LARGE = METHODS.filter(
  (method) =>
    ![
      'info-nce:temperature=1',
      'nt-xent',
      'barlow-twins',
      'hierarchical',
      'emargin-smooth:weight=1',
      'emargin-official-double:threshold=live',
    ].includes(method),
);

/** With the encoder that looks around: what the question there is about. */
const CONTEXT = [
  'raw',
  'untrained',
  'supervised',
  'info-nce:temperature=0.1',
  'info-nce:temperature=1',
  'fixed-margin',
  'emargin:threshold=q10',
  'emargin-smooth',
  'emargin-smooth:weight=1',
];

/** The form that, on har-phone, was above every info-nce on both criteria in the mean and best at the probe. */
const CHOSEN = 'emargin-smooth';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.' },
    only: { type: 'string' },
    page: { type: 'boolean' },
    workers: { type: 'string' },
  },
});
const here = import.meta.dirname;
const found = sets(values.data);
const results: Record<string, Record<string, Representation>> = { pointwise: {}, context: {} };
for (const set of Object.keys(found)) {
  const references = set === 'har-phone' ? METHODS : LARGE;
  const arms = { baseline: 'info-nce', candidate: 'emargin', references };
  keep(results.pointwise, set, await study(`${set}-pointwise`, set, { encoder: 'pointwise', repeats: 3, ...arms }));
}
// Where labels change within seconds, the windows around one tell most.
const look = { encoder: 'context', repeats: 3, baseline: 'info-nce', candidate: 'emargin', references: CONTEXT };
keep(results.context, 'har-phone', await study('har-phone-context', 'har-phone', look));
const confirmed: Record<string, Representation> = {};
for (const [set, result] of Object.entries(results.pointwise)) {
  const references = ['emargin:threshold=q10'];
  const arms = { baseline: tuned(result).method, candidate: CHOSEN, references };
  // Other folds and seeds than those that the form was chosen on.
  keep(confirmed, set, await study(`${set}-confirm`, set, { encoder: 'pointwise', repeats: 6, seed: 1, ...arms }));
}
writeFileSync(join(here, '../emargin.md'), page(results, confirmed));
console.error('docs/emargin.md written');

function keep(into: Record<string, Representation>, set: string, result: Representation | undefined): void {
  if (result) into[set] = result;
}

/** Runs what is asked for, or goes on with it; the result that is there, or nothing. */
async function study(
  id: string,
  set: string,
  options: Partial<RepresentationPilotOptions>,
): Promise<Representation | undefined> {
  const out = join(here, 'out', id);
  if (!values.page && (values.only === undefined || values.only === id)) {
    if (found[set].files.length === 0)
      throw new Error(`--data: no files of ${set} in "${values.data}"; name the folder that has ${set}/`);
    console.error(id);
    await pilotRepresentation({
      ...found[set],
      ...options,
      out,
      resume: existsSync(join(out, 'design.json')),
      ...(values.workers === undefined ? {} : { workers: Number(values.workers) }),
      onEvent: (event) => {
        if (event.kind === 'trial') console.error(`  ${event.progress.done}/${event.progress.total} ${event.trial}`);
      },
    });
  }
  const file = join(out, 'result.json');
  return existsSync(file) ? representation.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

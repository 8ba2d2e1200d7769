/**
 * `npm run study -- --data FOLDER` runs the study behind docs/emargin.md and writes that page: every method on every set,
 * three seeds, three folds of whole people. FOLDER has har-chest, har-phone and sleep-edf-features (docs/emargin.md says where
 * they are from). Resumable: finished trials are kept in docs/emargin/out.
 *
 * --only SET runs one set; --page writes the page from what is there; --repeats N and --encoder NAME as in `evenhand pilot`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pilotRepresentation } from '../../src/pilot/represent/pilot.ts';
import { type Representation, representation } from '../../src/pilot/result.ts';
import { page } from './page.ts';
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

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    page: { type: 'boolean' },
    repeats: { type: 'string', default: '3' },
    workers: { type: 'string' },
  },
});
const here = import.meta.dirname;
const found = sets(values.data ?? '.');
const results: Record<string, Record<string, Representation>> = {};
for (const encoder of ['pointwise', 'context'])
  for (const [name, options] of Object.entries(found)) {
    // Where labels change within seconds, the windows around one tell most.
    if (encoder === 'context' && name !== 'har-phone') continue;
    const out = join(here, 'out', `${name}-${encoder}`);
    const wanted = !values.page && (values.only === undefined || values.only === `${name}-${encoder}`);
    if (wanted) {
      if (options.files.length === 0)
        throw new Error(`--data: no files of ${name} in "${values.data ?? '.'}"; name the folder that has ${name}/`);
      console.error(`${name}, ${encoder}`);
      await pilotRepresentation({
        ...options,
        encoder,
        out,
        baseline: 'info-nce',
        candidate: 'emargin',
        references: encoder === 'context' ? CONTEXT : name === 'har-phone' ? METHODS : LARGE,
        repeats: Number(values.repeats),
        resume: existsSync(join(out, 'design.json')),
        ...(values.workers === undefined ? {} : { workers: Number(values.workers) }),
        onEvent: (event) => {
          if (event.kind === 'trial') console.error(`  ${event.progress.done}/${event.progress.total} ${event.trial}`);
        },
      });
    }
    const file = join(out, 'result.json');
    if (existsSync(file)) {
      results[encoder] ??= {};
      results[encoder][name] = representation.parse(JSON.parse(readFileSync(file, 'utf8')));
    }
  }
writeFileSync(join(here, '../emargin.md'), page(results));
console.error('docs/emargin.md written');

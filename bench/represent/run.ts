import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../../src/array/median.ts';
import { runtimeVersion } from '../../src/runtime/session.ts';
import { node, python as pythonCommand } from '../engine/bench.ts';
import { writeProblem } from '../engine/problems/file.ts';
import { type Measured, type Side, server } from '../engine/side.ts';
import { defaultPython, pythonWith, versions } from '../python.ts';
import { type Line, lines } from './lines.ts';
import { embeddings } from './problem.ts';

/** What judges a representation beside scikit-learn, by turns on the same two cores: see ../README.md. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    modes: { type: 'string', default: '' },
    json: { type: 'string' },
    python: { type: 'string', default: defaultPython },
    verbose: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds: a whole number >= 1, got "${values.rounds}"`);
const names = values.only?.split(',') ?? lines.map(({ name }) => name);
const unknown = names.filter((name) => !lines.some((line) => line.name === name));
if (unknown.length > 0)
  fail(`--only: no line "${unknown.join('", "')}"; there are: ${lines.map(({ name }) => name).join(', ')}`);
const python = pythonWith(values.python, ['numpy', 'sklearn']);

const software = [`Node ${process.versions.node}`, `onnxruntime ${runtimeVersion}`, ...versions(python)].join(', ');
console.log(`${cpus()[0].model}, two cores; ${software}; ${rounds} rounds`);
console.log('ratio: ours / scikit-learn, median of the rounds (least to most); the best mode of each side in brackets');
const results: object[] = [];
const temporary = mkdtempSync(join(tmpdir(), 'evenhand-bench-'));
try {
  for (const line of lines.filter(({ name }) => names.includes(name))) {
    const path = join(temporary, line.name);
    writeProblem(path, embeddings(line.rows, 2000));
    const sides: Side[] = [];
    try {
      sides.push(await server(node('../represent/ours.ts', path)));
      sides.push(await server(pythonCommand({ python, problem: path }, '../represent/peer.py', path)));
      results.push(await compare(line, sides[0], sides[1]));
    } finally {
      await Promise.all(sides.map((side) => side.close()));
    }
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);

/** The best mode of each side, by turns. */
async function compare({ name, told, asGood }: Line, ours: Side, peer: Side): Promise<object> {
  const [oursMode, peerMode] = [await bestMode(ours, name), await bestMode(peer, name)];
  const pairs: { readonly ours: Measured; readonly peer: Measured }[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ ours: await ours.measure(oursMode), peer: await peer.measure(peerMode) });
  const ratios = pairs.map((pair) => pair.ours.value / pair.peer.value);
  const [ratio, least, most] = [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  const times = { ours: median(pairs.map((p) => p.ours.value)), peer: median(pairs.map((p) => p.peer.value)) };
  const [mine, theirs] = [pairs[0].ours.check ?? [], pairs[0].peer.check ?? []];
  const good = asGood(mine, theirs);
  const beside = told.map((what, at) => `${what} ${mine[at].toPrecision(6)} and ${theirs[at].toPrecision(6)}`);
  console.log(
    `${name.padEnd(14)}  ratio ${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})  ours ${times.ours.toFixed(0)} ms (${short(oursMode)}), scikit-learn ${times.peer.toFixed(0)} ms (${short(peerMode)}); ${beside.join(', ')}`,
  );
  if (!good) {
    console.error(`${name}: ours is not as good as the peer's`);
    process.exitCode = 1;
  }
  return { name, ratio, spread: [least, most], ...times, oursMode, peerMode, told, mine, theirs, good };
}

/** The mode that takes least time; the first call of each, which warms up, does not count. */
async function bestMode(side: Side, name: string): Promise<string> {
  let best = { mode: '', value: Number.POSITIVE_INFINITY };
  for (const full of side.modes.filter((mode) => mode.startsWith(`${name}, `) && mode.includes(values.modes))) {
    const first = await side.measure(full);
    // What is slow by far needs no second try.
    const { value } = first.value > 4 * best.value ? first : await side.measure(full);
    if (values.verbose) process.stderr.write(`  ${full}: ${value.toFixed(0)} ms\n`);
    if (value < best.value) best = { mode: full, value };
  }
  return best.mode;
}

function fail(message: string): never {
  console.error(`bench: ${message}`);
  process.exit(2);
}

/** A mode without the line's name. */
function short(mode: string): string {
  return mode.slice(mode.indexOf(', ') + 2);
}

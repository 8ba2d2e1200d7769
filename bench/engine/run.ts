import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runtimeVersion } from '../../src/runtime/session.ts';
import { defaultPython, pythonWith, versions } from '../python.ts';
import type { Bench, Setup } from './bench.ts';
import { benches } from './benches/index.ts';
import { type Comparison, compare } from './compare.ts';
import { writeProblem } from './problems/file.ts';
import type { Side } from './side.ts';

/** The engine beside its peers, alternately in one session on the same two cores: see ../README.md. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    steps: { type: 'string' },
    modes: { type: 'string' },
    json: { type: 'string' },
    python: { type: 'string', default: defaultPython },
    verbose: { type: 'boolean', default: false },
  },
});
const rounds = whole('rounds', values.rounds, 1);
const steps = values.steps === undefined ? undefined : whole('steps', values.steps, 10);
const chosen = choose(values.only?.split(','));
const python = pythonWith(values.python, ['torch', 'numpy', 'sklearn']);

const note = (text: string) => {
  if (values.verbose) process.stderr.write(`${text}\n`);
};
const lines: Line[] = [];
const temporary = mkdtempSync(join(tmpdir(), 'evenhand-bench-'));
try {
  const software = [`Node ${process.versions.node}`, `onnxruntime ${runtimeVersion}`, ...versions(python)].join(', ');
  console.log(`${cpus()[0].model}, two cores; ${software}; ${rounds} rounds`);
  console.log('ratio: ours / peer, median of the rounds (least to most); the best mode of each side in brackets');
  for (const bench of chosen) {
    const problem = join(temporary, bench.name);
    if (bench.problem) writeProblem(problem, bench.problem.make(steps ?? bench.problem.steps));
    for (const peerName of Object.keys(bench.peers)) {
      note(`${bench.name}, ${peerName}`);
      try {
        const line = await lineOf(bench, peerName, { python, problem });
        lines.push(line);
        console.log(text(line, bench.unit));
      } catch (error) {
        console.error(`${bench.name}, ${peerName}: ${(error as Error).message}`);
        process.exitCode = 1;
      }
    }
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(lines, null, 1)}\n`);

interface Line extends Comparison {
  readonly name: string;
  readonly unit: Bench['unit'];
  readonly peerName: string;
}

async function lineOf(bench: Bench, peerName: string, setup: Setup): Promise<Line> {
  const sides: Side[] = [];
  try {
    sides.push(await bench.ours(setup));
    sides.push(await bench.peers[peerName](setup));
    const { ours, peer, ratio, spread, ...modes } = await compare(narrowed(sides[0]), narrowed(sides[1]), rounds, note);
    return { name: bench.name, ours, peer, peerName, ratio, spread, unit: bench.unit, ...modes };
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

/** The side with the modes that hold the text of `--modes` alone; all of them where none does. */
function narrowed(side: Side): Side {
  const modes = side.modes.filter((mode) => mode.includes(values.modes ?? ''));
  return modes.length === 0 ? side : { ...side, modes };
}

function text({ name, ours, oursMode, peer, peerName, peerMode, ratio, spread }: Line, unit: string): string {
  const number = (value: number) => value.toPrecision(3);
  const sides = `ours ${number(ours)} ${unit} (${oursMode}), ${peerName} ${number(peer)} ${unit} (${peerMode})`;
  return `${name.padEnd(16)}  ratio ${ratio.toFixed(2)} (${spread.map((r) => r.toFixed(2)).join(' to ')})  ${sides}`;
}

function choose(names: readonly string[] | undefined): readonly Bench[] {
  const unknown = names?.filter((name) => !benches.some((bench) => bench.name === name)) ?? [];
  if (unknown.length > 0)
    fail(`--only: no bench "${unknown.join('", "')}"; there are: ${benches.map(({ name }) => name).join(', ')}`);
  return names ? benches.filter(({ name }) => names.includes(name)) : benches;
}

function whole(option: string, given: string, least: number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < least) fail(`--${option}: a whole number >= ${least}, got "${given}"`);
  return value;
}

function fail(message: string): never {
  console.error(`bench: ${message}`);
  process.exit(2);
}

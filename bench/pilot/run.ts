import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readTable } from '../../src/data/readers/table.ts';
import { makeTask } from '../../src/data/task.ts';
import { defaultChoices, planPilot } from '../../src/pilot/plan.ts';
import { defaultPython, pythonWith } from '../python.ts';
import { compareArms, type TheirArm, table, tally } from './compare.ts';
import { foldFile, readPilot } from './ours.ts';

/**
 * The AI4I pilot by Evenhand and by pytorch.py, one after the other on the same folds: what each arm reaches, and how
 * long each side takes from start to exit.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const data = 'data/ai4i2020/ai4i2020.csv';
const label = ['TWF', 'HDF', 'PWF', 'OSF'];

const { values } = parseArgs({
  options: {
    folds: { type: 'string', default: '5' },
    repeats: { type: 'string', default: '6' },
    seed: { type: 'string', default: '0' },
    cores: { type: 'string', default: '2' },
    python: { type: 'string', default: defaultPython },
    compile: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const { folds, repeats, seed, cores } = values;
const out = values.out ?? join(root, 'bench/out/pilot.json');
const python = pythonWith(values.python, ['torch', 'numpy']);

const task = makeTask(await readTable(join(root, data)), { label });
const plan = planPilot(task, { ...defaultChoices, folds: Number(folds), repeats: Number(repeats), seed: Number(seed) });
const temporary = mkdtempSync(join(tmpdir(), 'evenhand-bench-'));
try {
  const [foldsPath, theirPath, ourFolder] = ['folds.json', 'pytorch.json', 'pilot'].map((n) => join(temporary, n));
  writeFileSync(foldsPath, foldFile(task, plan));
  process.stderr.write(
    `${plan.trials.length} trainings of ${plan.steps} steps each side, ${cores} at a time: Evenhand `,
  );
  const chosen = ['--folds', folds, '--repeats', repeats, '--seed', seed];
  const pilot = ['bin/evenhand.js', 'pilot', data, '--label', label.join(), ...chosen];
  const ourSeconds = await timed(process.execPath, [...pilot, '--workers', cores, '--quiet', '--out', ourFolder]);
  process.stderr.write(`${ourSeconds.toFixed(1)} s, PyTorch `);
  const script = ['bench/pilot/pytorch.py', data, foldsPath, theirPath, '--processes', cores];
  const theirSeconds = await timed(python, values.compile ? [...script, '--compile'] : script);
  process.stderr.write(`${theirSeconds.toFixed(1)} s\n\n`);

  const ours = readPilot(ourFolder, task, plan);
  const theirs = JSON.parse(readFileSync(theirPath, 'utf8')) as { arms: TheirArm[]; software: Record<string, string> };
  const rows = compareArms(ours.arms, theirs.arms);
  const seconds = { ours: ourSeconds, pytorch: theirSeconds, ratio: ourSeconds / theirSeconds };
  const software = { ...ours.result.software, ...theirs.software };
  const machine = { processor: cpus()[0].model, logicalCores: cpus().length, used: Number(cores) };
  const { hash: design, steps } = plan;
  const settings = {
    folds: Number(folds),
    repeats: Number(repeats),
    seed: Number(seed),
    steps,
    design,
    compile: values.compile,
  };
  mkdirSync(dirname(out), { recursive: true });
  const arms = ours.arms.map(({ arm, metrics, metricsAtGammaZero }) => ({
    method: arm.method,
    ours: { gammas: arm.operatingPoint.gammas, metrics, metricsAtGammaZero, collapse: arm.collapse },
    pytorch: theirs.arms.find(({ method }) => method === arm.method),
  }));
  writeFileSync(out, `${JSON.stringify({ settings, machine, software, seconds, rows, arms }, null, 1)}\n`);
  console.log(`${table(rows)}\n\nPercent. ${tally(rows)}.`);
  const times = `Evenhand ${ourSeconds.toFixed(1)} s, PyTorch ${theirSeconds.toFixed(1)} s`;
  console.log(`Wall time: ${times}, ratio ${seconds.ratio.toFixed(2)}`);
  console.log(`Numbers: ${out}`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** Seconds from start to exit. @throws Error when the command fails */
async function timed(command: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args.slice(0, 2).join(' ')}: ended with ${signal ?? code}`)),
    );
  });
  return (performance.now() - started) / 1000;
}

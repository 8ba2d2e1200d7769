import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGES = ['torch==2.13.0', 'numpy'];
const folder = fileURLToPath(new URL('../.venv', import.meta.url));

/** A Python with PyTorch: the one given if it has it, else that of bench/.venv, which is made where it is not there. */
export function pythonWithTorch(given: string): string {
  if (hasTorch(given)) return given;
  const own = `${folder}/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`;
  if (!existsSync(own)) run(given, ['-m', 'venv', folder]);
  if (!hasTorch(own)) {
    process.stderr.write(`Installing ${PACKAGES.join(' and ')} into ${folder} (once)\n`);
    run(own, ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
  }
  return own;
}

function hasTorch(python: string): boolean {
  return spawnSync(python, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}`);
}

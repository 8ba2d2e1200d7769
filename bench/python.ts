import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Each package by the name that Python imports, with what pip is asked for. */
const PACKAGES = { torch: 'torch==2.13.0', numpy: 'numpy', sklearn: 'scikit-learn' };
const folder = fileURLToPath(new URL('.venv', import.meta.url));

/** A Python with these packages: the one given if it has them, else that of bench/.venv, made where it is not there. */
export function pythonWith(given: string, modules: readonly (keyof typeof PACKAGES)[]): string {
  if (has(given, modules)) return given;
  const own = `${folder}/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`;
  if (!existsSync(own)) run(given, ['-m', 'venv', folder]);
  const missing = modules.filter((module) => !has(own, [module])).map((module) => PACKAGES[module]);
  if (missing.length > 0) {
    process.stderr.write(`Installing ${missing.join(', ')} into ${folder} (once)\n`);
    run(own, ['-m', 'pip', 'install', '--quiet', ...missing]);
  }
  return own;
}

/** What `python` is called here. */
export const defaultPython = process.platform === 'win32' ? 'python' : 'python3';

/** `torch 2.13.0+cpu` and so on, of what is installed there. */
export function versions(python: string): string[] {
  const names = Object.values(PACKAGES).map((name) => name.replace(/=.*/, ''));
  const script = `import importlib.metadata as m; print(*[f"{n} {m.version(n)}" for n in ${JSON.stringify(names)}], sep="\\n")`;
  const { stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
  return stdout.trim().split('\n');
}

function has(python: string, modules: readonly string[]): boolean {
  return spawnSync(python, ['-c', `import ${modules.join()}`], { stdio: 'ignore' }).status === 0;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}`);
}

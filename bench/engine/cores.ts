import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Command } from './side.ts';

/** Both sides get the same two cores. */
const CORES = 2;

/** The command held to two cores where the machine has more (Linux only; elsewhere it stays as it is). */
export function onTwoCores(command: Command): Command {
  if (process.platform !== 'linux' || availableParallelism() <= CORES) return command;
  return ['taskset', '--cpu-list', allowed().slice(0, CORES).join(), ...command];
}

/** Cores that this process may use: `0-3,8` is 0, 1, 2, 3, 8. */
function allowed(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

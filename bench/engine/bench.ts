import { fileURLToPath } from 'node:url';
import { onTwoCores } from './cores.ts';
import type { Command, Side } from './side.ts';

/** What a bench may need to start its sides. */
export interface Setup {
  readonly python: string;
  /** The file of the problem that both sides work on, where the bench has one. */
  readonly problem: string;
}

/** One thing measured on both sides. A file each in benches/, listed in benches/index.ts. */
export interface Bench {
  readonly name: string;
  readonly unit: 'ms' | 'µs' | 'MiB';
  /** What both sides start from, written to a file (problems/file.ts); `steps`: as many as `--steps` says by default. */
  readonly problem?: { readonly steps: number; readonly make: (steps: number) => object };
  ours(setup: Setup): Side | Promise<Side>;
  /** By the peer's name: each is a line of its own. */
  readonly peers: Readonly<Record<string, (setup: Setup) => Side | Promise<Side>>>;
}

/** A script of ours/, or another file of the checkout, in this Node. */
export function node(script: string, ...args: readonly string[]): Command {
  return onTwoCores([process.execPath, fileURLToPath(new URL(script, import.meta.url)), ...args]);
}

/** A script of peers/ in the peers' Python. */
export function python(setup: Setup, script: string, ...args: readonly string[]): Command {
  return onTwoCores([setup.python, fileURLToPath(new URL(script, import.meta.url)), ...args]);
}

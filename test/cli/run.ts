import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stream } from '../../src/array/random.ts';
import { pilot } from '../../src/cli/commands/pilot.ts';

export const root = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `evenhand` as a user would; `ended` settles with everything it said. */
export function start(args: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, 'bin/evenhand.js'), ...args], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

export const evenhand = (args: readonly string[], cwd: string) => start(args, cwd).ended;

export const newFolder = () => mkdtempSync(join(tmpdir(), 'evenhand-test-'));

/** A small table: 240 rows, three classes of 180, 45 and 15, two numbers, a category, a machine and a day. */
export function writeTable(folder: string, name = 'parts.csv'): string {
  const random = stream(2, 'parts');
  const lines = Array.from({ length: 240 }, (_, i) => {
    const label = i % 16 === 3 ? 'cracked' : i % 16 === 7 || i % 16 === 12 || i % 16 === 15 ? 'worn' : 'good';
    const shift = { good: 0, worn: 2, cracked: 4 }[label];
    const force = (random.normal() + shift).toFixed(4);
    const heat = (20 + random.normal() - shift / 2).toFixed(4);
    const mould = 'ABC'[random.integer(3)];
    const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 4))).toISOString().slice(0, 10);
    return `${force},${i % 29 === 0 ? '' : heat},${mould},m${i % 12},${day},${label}`;
  });
  writeFileSync(join(folder, name), `force,heat,mould,machine,day,state\n${lines.join('\n')}\n`);
  return name;
}

/** The result file without what the clock decides. */
export function timeless(folder: string): string {
  const clock = new Set(['cost', 'times']);
  const text = readFileSync(join(folder, 'result.json'), 'utf8');
  return JSON.stringify(JSON.parse(text, (key, value) => (clock.has(key) ? undefined : value)));
}

/** Six recordings of two channels with three activities that change inside each: walks-1.csv to walks-6.csv. */
export function writeRecordings(folder: string): string[] {
  return Array.from({ length: 6 }, (_, person) => {
    const random = stream(3, 'walks', person);
    const lines = Array.from({ length: 360 }, (_, t) => {
      const state = Math.floor((t + 17 * person) / 60) % 3;
      const wave = Math.sin((t * (1 + 2 * state)) / 4);
      const x = (wave * (1 + state) + 0.3 * random.normal() + 0.2 * person).toFixed(4);
      const y = (state - 1 + 0.3 * random.normal()).toFixed(4);
      return `${x},${y},${['sit', 'walk', 'climb'][state]}`;
    });
    const name = `walks-${person + 1}.csv`;
    writeFileSync(join(folder, name), `x,y,activity\n${lines.join('\n')}\n`);
    return name;
  });
}

/** Pilots that must each be refused in one line; within this process, for new ones would take most of the time. */
export async function allRefused(cases: readonly (readonly [string[], RegExp])[], folder: string): Promise<void> {
  const here = process.cwd();
  process.chdir(folder);
  try {
    for (const [args, message] of cases)
      await assert.rejects(
        pilot()
          .exitOverride()
          .parseAsync([...args, '--out', 'out', '-q'], { from: 'user' }),
        (error: Error) => {
          assert.equal(error.name, 'InputError', `${args.join(' ')}: ${error.stack}`);
          assert.match(error.message, message, args.join(' '));
          assert.ok(!error.message.includes('\n'), error.message);
          return true;
        },
      );
  } finally {
    process.chdir(here);
  }
}

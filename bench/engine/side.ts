import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One number of one side. What stands in `check` must come out the same on both sides. */
export interface Measured {
  readonly value: number;
  readonly check?: readonly number[];
}

/** One side of a comparison. Its modes do the same work in different ways; the best one is compared. */
export interface Side {
  readonly modes: readonly string[];
  /** One round. @throws Error when the mode does not work here */
  measure(mode: string): Promise<Measured>;
  close(): Promise<void>;
}

export type Command = readonly string[];

/**
 * A process that lives as long as the comparison, so that its start is not counted. It speaks lines of JSON: first
 * `{"modes": [...]}`, then for each line `{"mode": name}` that it reads `{"value", "check"}` or `{"error"}`.
 */
export async function server(command: Command): Promise<Side> {
  const child = start(command, 'pipe');
  // Writing to one that has died: the missing answer says so.
  child.stdin!.on('error', () => {});
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command.join(' ')}: ended early`);
    return JSON.parse(value) as Partial<Measured> & { modes?: string[]; error?: string };
  };
  const { modes = [] } = await next();
  return {
    modes,
    async measure(mode) {
      child.stdin!.write(`${JSON.stringify({ mode })}\n`);
      const { value, check, error } = await next();
      if (value === undefined || error) throw new Error(error ?? 'no value');
      return { value, check };
    },
    async close() {
      child.stdin!.end();
      await ended(child);
    },
  };
}

/** A new process every round: milliseconds from its start to its end. */
export function untilEnd(commands: Readonly<Record<string, Command>>): Side {
  return processes(commands, async (child, started) => {
    await ended(child);
    return performance.now() - started;
  });
}

/** A new process every round: milliseconds from its start to the first line it prints. */
export function untilLine(commands: Readonly<Record<string, Command>>): Side {
  return processes(commands, async (child, started) => {
    const value = await new Promise<number>((resolve) => {
      child.stdout!.once('data', () => resolve(performance.now() - started));
      child.once('close', () => resolve(Number.NaN));
    });
    await ended(child);
    return value;
  });
}

/** A new process every round: the number it prints. */
export function printed(commands: Readonly<Record<string, Command>>): Side {
  return processes(commands, async (child) => {
    let text = '';
    child.stdout!.on('data', (part) => {
      text += part;
    });
    await ended(child);
    return text.trim() === '' ? Number.NaN : Number(text);
  });
}

function processes(
  commands: Readonly<Record<string, Command>>,
  measure: (child: ChildProcess, started: number) => Promise<number>,
): Side {
  return {
    modes: Object.keys(commands),
    async measure(mode) {
      const started = performance.now();
      const child = start(commands[mode], 'ignore');
      // Nobody may read what a command prints: a full pipe would stop it.
      child.stdout!.resume();
      const value = await measure(child, started);
      if (child.exitCode !== 0 || !Number.isFinite(value))
        throw new Error(`${commands[mode].join(' ')}: ended with ${child.signalCode ?? child.exitCode}, gave ${value}`);
      return { value };
    },
    close: async () => {},
  };
}

function start([program, ...args]: Command, stdin: 'pipe' | 'ignore'): ChildProcess {
  // Python keeps its compiled modules, as usual, so that only the first start pays for them.
  const env = { ...process.env, PYTHONWARNINGS: 'ignore', PYTHONDONTWRITEBYTECODE: '' };
  return spawn(program, args, { stdio: [stdin, 'pipe', 'inherit'], env });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}

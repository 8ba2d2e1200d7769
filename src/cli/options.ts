import type { Command } from 'commander';
import { InputError } from '../array/errors.ts';

/** `a,b,c` as a list; a comma in a name is written `\,`. */
export function list(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim())
    .filter((part) => part !== '');
}

/** A flag's text as a number. @throws InputError naming the flag */
export function number(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw new InputError(`${flag}: needs a number, got "${text}"`);
    return value;
  };
}

/** `probe-macro-f1=0.01,silhouette`: metrics, each with a number or without. @throws InputError naming the part */
export function limits(text: string): { metric: string; limit?: number }[] {
  return list(text).map((part) => {
    const at = part.lastIndexOf('=');
    if (at < 0) return { metric: part };
    const [metric, value] = [part.slice(0, at), part.slice(at + 1)];
    if (at < 1 || value.trim() === '')
      throw new InputError(
        `--criterion: "${part}" is not of the form metric or metric=margin, as in macro-recall=0.01`,
      );
    return { metric, limit: number('--criterion')(value) };
  });
}

/** `accuracy=0.02,recall[HDF]=0.05`, or `none`. @throws InputError naming the part that is not of that form */
export function guards(text: string): { metric: string; tolerance: number }[] {
  if (text === 'none') return [];
  return list(text).map((part) => {
    const at = part.lastIndexOf('=');
    const [metric, value] = [part.slice(0, at), part.slice(at + 1)];
    if (at < 1 || value.trim() === '')
      throw new InputError(`--guard: "${part}" is not of the form metric=tolerance, as in accuracy=0.02`);
    return { metric, tolerance: number('--guard')(value) };
  });
}

/** The flags that say what the columns are for, the same in every command that reads a table. */
export function withColumns(command: Command): Command {
  return command
    .option('--group <column>', 'rows with the same value (machine, lot, patient) stay on one side of every split')
    .option('--time <column>', 'orders the rows; training then always lies before testing')
    .option('--ignore <column,...>', 'columns never to be used', list)
    .option('--keep <column,...>', 'columns to be used although the audit would leave them out', list);
}

/** What was said of time series, as typed. */
export interface SeriesFlags {
  series?: string[];
  recording?: string;
  rate?: number;
  window?: string;
  hop?: string;
  timeUnit?: string;
  resample?: boolean;
  unlabelled?: string[];
  blocks?: number;
  features?: string;
  scaling?: string;
  frame?: string;
  frameHop?: string;
  encoder?: string;
  sequence?: number;
  batch?: number;
  clusters?: number;
}

/** Their names. */
export const SERIES_FLAGS = [
  'series',
  'recording',
  'rate',
  'window',
  'hop',
  'timeUnit',
  'resample',
  'unlabelled',
  'blocks',
  'features',
  'scaling',
  'frame',
  'frameHop',
  'encoder',
  'sequence',
  'batch',
  'clusters',
] as const satisfies readonly (keyof SeriesFlags)[];

/** The flags that say how time series are read and cut into windows. */
export function withSeries(command: Command): Command {
  return command
    .optionsGroup('Time series (--task represent):')
    .option('--series <column,...>', 'the columns that are measured', list)
    .option('--recording <column>', 'a new value starts a new recording; so does every file')
    .option('--rate <hz>', 'steps a second', number('--rate'))
    .option('--window <length>', 'length of a window: steps or a duration, as 1s, 500ms')
    .option('--hop <length>', 'from the start of one window to that of the next (default: the window)')
    .option('--time-unit <unit>', 'of --time: s, ms, us, ns, or steps (default: s)')
    .option('--resample', 'put irregular samples on an even grid')
    .option('--unlabelled <value,...>', 'labels that mean "no label"', list)
    .option('--blocks <n>', 'too few groups: split each recording into n stretches of time instead', number('--blocks'))
    .option('--features <kind>', 'stft or raw (default: stft for windows of 16 steps or more)')
    .option('--scaling <kind>', 'global, or recording: each recording by itself')
    .option('--frame <length>', 'of stft (default: the window)')
    .option('--frame-hop <length>', 'of stft (default: half a frame)')
    .option('--encoder <name>', 'pointwise, context, dilated:depth=4, inception-time, ...')
    .option('--sequence <t>', 'consecutive windows of a training sequence (default: 60)', number('--sequence'))
    .option('--batch <s>', 'sequences a step (default: so many that a step has 480 windows)', number('--batch'))
    .option('--clusters <k>', 'clusters that are looked for (default: number of classes)', number('--clusters'))
    .optionsGroup('Options:');
}

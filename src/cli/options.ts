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
  events?: string;
  before?: string;
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

/** The flags that say how time series are read and cut into windows. */
export function withSeries(command: Command): Command {
  return command
    .optionsGroup('Time series:')
    .option('--series <column,...>', 'the columns that are measured', list)
    .option('--events <file>', 'a window around each event of this table (columns record, sample and the label)')
    .option('--before <length>', 'of such a window before its event (default: 40 % of it)')
    .option('--recording <column>', 'a new value starts a new recording; so does every file')
    .option('--rate <hz>', 'steps a second', number('--rate'))
    .option('--window <length>', 'length of a window: steps or a duration, as 1s, 500ms (default: whole series)')
    .option('--hop <length>', 'from the start of one window to that of the next (default: the window)')
    .option('--time-unit <unit>', 'of --time: s, ms, us, ns, or steps (default: s)')
    .option('--resample', 'put irregular samples on an even grid')
    .option('--unlabelled <value,...>', 'labels that mean "no label"', list)
    .option('--blocks <n>', 'too few groups: split each recording into n stretches of time instead', number('--blocks'))
    .option('--features <kind>', 'stft or raw (default: raw; to represent: stft for windows of 16 steps or more)')
    .option('--scaling <kind>', 'global, or recording: each recording by itself')
    .option('--frame <length>', 'of stft (default: the window)')
    .option('--frame-hop <length>', 'of stft (default: half a frame)')
    .option('--sequence <t>', 'to represent: consecutive windows of a training sequence (60)', number('--sequence'))
    .option('--clusters <k>', 'to represent: clusters that are looked for (number of classes)', number('--clusters'))
    .option('--encoder <name>', 'net: mlp, resnet-1d, inception-time, cnn-2d, resnet-cifar:blocks=1, pointwise, ...')
    .option('--batch <n>', 'items a step (default: 128); to represent: sequences a step', number('--batch'))
    .optionsGroup('Options:');
}

/** What was said of pictures and of data that come divided, as typed. */
export interface PictureFlags {
  path?: string;
  size?: string;
  channels?: number;
  skipUnreadable?: boolean;
  pool?: boolean;
  imbalance?: number;
}

/** The flags that say how pictures are read. */
export function withPictures(command: Command): Command {
  return command
    .optionsGroup('Pictures, and data that come divided into training and test:')
    .option('--path <column>', 'of a table of pictures: the column of their paths')
    .option('--size <height,width>', 'bring all pictures to this size (default: the most common one)')
    .option('--channels <n>', '1 grey, 3 colour (default: 3 where any picture has colour)', number('--channels'))
    .option('--skip-unreadable', 'go on without pictures that cannot be read')
    .option('--pool', 'put training and test together and divide anew')
    .option('--imbalance <factor>', 'thin the training items to a long tail, reproducibly', number('--imbalance'))
    .optionsGroup('Options:');
}

/** `64,48` as height and width. @throws InputError */
export function size(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const [height, width, ...rest] = text.split(/[,x]/).map(Number);
  if (rest.length > 0 || ![height, width].every((side) => Number.isInteger(side) && side >= 1))
    throw new InputError(`--size: needs height and width, as 64,48; got "${text}"`);
  return [height, width];
}

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

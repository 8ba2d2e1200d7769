import type { Command } from 'commander';
import { inspect } from './inspect.ts';
import { pilot } from './pilot.ts';
import { sweep } from './sweep.ts';

/** Every command, in the order of the help. */
export const commands: readonly (() => Command)[] = [pilot, sweep, inspect];

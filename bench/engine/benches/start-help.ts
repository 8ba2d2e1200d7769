import { type Bench, node } from '../bench.ts';
import { onTwoCores } from '../cores.ts';
import { untilEnd } from '../side.ts';

/** Milliseconds of `evenhand --help`, from start to end; beside it, what a Python program pays to have PyTorch at all. */
export const startHelp: Bench = {
  name: 'start-help',
  unit: 'ms',
  ours: () => untilEnd({ 'evenhand --help': node('../../bin/evenhand.js', '--help') }),
  peers: { pytorch: ({ python }) => untilEnd({ 'import torch': onTwoCores([python, '-c', 'import torch']) }) },
};

import { Command } from 'commander';
import { limits, list, number, withSeries } from '../options.ts';
import type { SweepFlags } from '../sweep.ts';

/** `evenhand sweep FILE`: many settings of one method, and how narrow the good region is. */
export const sweep = () =>
  withSeries(
    new Command('sweep')
      .description('try many settings of a method of time series, and see how narrow the good region is')
      .argument('<files...>', 'recordings, as in evenhand pilot --task represent')
      .requiredOption('-m, --method <method>', 'whose settings are tried, as emargin')
      .option(
        '--over <setting=values>',
        'margin=0.1,0.3,1 or, to draw from, margin=0.05..2; once for each setting',
        (text: string, all: string[] = []) => [...all, text],
      )
      .option('--strategy <name>', 'grid (default), random, or halving: the better half for twice as long')
      .option('--samples <n>', 'points that are drawn (default: 20)', number('--samples'))
      .option('-a, --baseline <method>', 'what the points are measured against (default: info-nce)')
      .option('-l, --label <column>', 'class of every step', list)
      .option('--group <column>', 'rows with the same value stay on one side of every split; file, or file:PATTERN')
      .option('--time <column>', 'orders the steps; where it jumps, the recording is split'),
  )
    .option('--criterion <metric=x,...>', 'what counts, with the difference that matters', limits)
    .option('--folds <k>', 'parts of the data (default: 3)', number('--folds'))
    .option('--repeats <r>', 'how often with new seeds (default: 1)', number('--repeats'))
    .option('--steps <n>', 'steps of every training (default: 400)', number('--steps'))
    .option('--seed <n>', 'same seed, same numbers (default: 0)', number('--seed'))
    .option('--workers <n>', 'trials at the same time (default: number of cores)', number('--workers'))
    .option('--device <name>', 'where it is computed (default: cpu)')
    .option('-o, --out <folder>', 'where sweep.json and sweep.html go (default: evenhand-sweep-FILE)')
    .option('--resume', 'go on with what an interrupted run left there')
    .option('--lang <en|ja>', 'language that the page opens in (default: en)')
    .option('--json', 'print sweep.json to standard output')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  evenhand sweep walks/*.csv --series x,y,z --label activity --rate 52 --window 1s --hop 0.5s \\
    --method emargin --over margin=0.1,0.3,0.5,1 --over threshold=off,q10,q30
  evenhand sweep walks/*.csv ... --method info-nce --over temperature=0.05..2 --strategy random --samples 12

Exit codes: 0 done, 1 wrong use or wrong data, 2 failed while running, 130 interrupted.`,
    )
    .action(async (files: string[], flags: SweepFlags) => {
      const { runSweep } = await import('../sweep.ts');
      await runSweep(files, flags);
    });

import { Command } from 'commander';
import type { InspectFlags } from '../inspect.ts';
import { list, withColumns, withPictures, withSeries } from '../options.ts';

/** `evenhand inspect FILE`: what would be done with each column, without training. */
export const inspect = () =>
  withPictures(
    withSeries(
      withColumns(
        new Command('inspect')
          .description('show what would be done with each column, the class counts and the warnings; trains nothing')
          .argument(
            '<files...>',
            'a table (CSV, TSV, Parquet, JSON lines, gzipped or not), the files of time series, or pictures',
          )
          .option('--task <name>', 'classify: tell classes (default); represent: time series')
          .option('-l, --label <column,...>', 'what is to be told; several 0/1 columns make one label', list),
      ),
    ),
  )
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  evenhand inspect machines.csv
  evenhand inspect machines.csv --label failure --group machine
  evenhand inspect walks/*.csv --task represent --series x,y,z --label activity --rate 52 --window 1s`,
    )
    .action(async (files: string[], flags: InspectFlags) => {
      const { runInspect } = await import('../inspect.ts');
      await runInspect(files, flags);
    });

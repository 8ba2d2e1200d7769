import { Command } from 'commander';
import type { InspectFlags } from '../inspect.ts';
import { list, withColumns } from '../options.ts';

/** `evenhand inspect FILE`: what would be done with each column, without training. */
export const inspect = () =>
  withColumns(
    new Command('inspect')
      .description('show what would be done with each column, the class counts and the warnings; trains nothing')
      .argument('<file>', 'CSV, TSV, Parquet or JSON lines, gzipped or not')
      .option('-l, --label <column,...>', 'what is to be told; several 0/1 columns make one label', list),
  )
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  evenhand inspect machines.csv
  evenhand inspect machines.csv --label failure --group machine`,
    )
    .action(async (file: string, flags: InspectFlags) => {
      const { runInspect } = await import('../inspect.ts');
      await runInspect(file, flags);
    });

import { Command } from 'commander';
import { deviceChoices } from '../../runtime/devices.ts';
import { guards, limits, list, number, withColumns, withPictures, withSeries } from '../options.ts';
import type { PilotFlags } from '../pilot.ts';

/** `evenhand pilot FILE`: A against B on the user's own data, with a verdict. */
export const pilot = () =>
  withPictures(
    withSeries(
      withColumns(
        new Command('pilot')
          .description("try method B against today's method A on your own data; ends with a verdict and a report")
          .argument(
            '<files...>',
            'a table (CSV, TSV, Parquet, JSON lines, gzipped or not), the files of time series, or pictures',
          )
          .option('--task <name>', 'classify: tell classes (default); represent: make embeddings of time series')
          .option('-l, --label <column,...>', 'what is to be told; several 0/1 columns make one label', list)
          .option('-a, --baseline <method>', "A, today's method (default: cross-entropy; to represent: info-nce)")
          .option('-b, --candidate <method>', 'B, the method to try (default: allnc; to represent: emargin)')
          .option('-r, --references <method,...>', 'simple methods beside them (default: the usual; none: none)', list),
      ),
    ),
  )
    .option('--ablate <method>', 'with and without each of its parts: allnc; in place of the usual references')
    .option(
      '--sweep <method.setting=x,...>',
      'at these values of a setting: allnc.hycon=0,0.3,1; twice for a grid',
      (text: string, all: string[] = []) => [...all, text],
    )
    .option('--criterion <metric=x,...>', 'what decides, with the smallest difference that matters', limits)
    .option('--margin <x>', 'that difference for criteria named without one (default: 0.01)', number('--margin'))
    .option('--guard <metric=x,...>', 'what may not get worse by more than x (default: accuracy=0.02; none)', guards)
    .option(
      '--folds <k>',
      'parts of the data, each tested once a repeat (default: 5; to represent: 3)',
      number('--folds'),
    )
    .option('--repeats <r>', 'how often with new seeds; a verdict needs 6 (default: 6)', number('--repeats'))
    .option(
      '--steps <n>',
      'steps of every training (default: from the number of rows; to represent: 400)',
      number('--steps'),
    )
    .option('--augment <change=x,...>', 'random changes to training batches, alike in all arms: shift=4,flip=0.5')
    .option('--augment-except <class,...>', 'classes that are not changed', list)
    .option('--seed <n>', 'same seed, same numbers (default: 0)', number('--seed'))
    .option('--workers <n>', 'trials at the same time (default: number of cores)', number('--workers'))
    .option('--device <name>', `where it is computed: ${deviceChoices.join(', ')} (default: cpu)`)
    .option('-o, --out <folder>', 'where result.json and report.html go (default: evenhand-FILE)')
    .option('--resume', 'go on with what an interrupted run left there')
    .option('--lang <en|ja>', 'language that the report opens in (default: en)')
    .option('--json', 'print the result file to standard output')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Methods: cross-entropy, logit-adjustment, class-weighted, oversampling, balanced-softmax, focal, ldam-drw, allnc; on
request also tau-norm, crt, mixup, supcon-balanced.
To represent: raw, untrained, minirocket, info-nce, nt-xent, soft-assignment, fixed-margin, triplet, barlow-twins, vicreg,
hierarchical, emargin-smooth, emargin, emargin-official-single, emargin-official-double, supervised.
Settings follow a colon: allnc:hycon=0, allnc:preset=geometry, focal:gamma=1, emargin:margin=0.3:threshold=off.

Data: a folder with a folder per class, a table of picture paths (--path), idx, CIFAR binary, bytes with a JSON header;
series a line (UCR .tsv, .ts), tables with --series, raw samples (.i16); else a table. What was recognised is printed. Data
that come divided into training and test are judged so (--pool: divided anew).
Changes: series jitter, scale, shift, warp; pictures flip, flip-vertical, turn, rotate, shift.

Devices: auto tries what there is and takes the fastest, for usual tables mostly the processor. Others than cpu run one
training at a time, and their numbers may differ from the processor's in the last bits; the result names the device.

Examples:
  evenhand pilot machines.csv --label failure
  evenhand pilot plates.parquet --label fault --group coil --guard accuracy=0.02,recall[Stains]=0.05
  evenhand pilot sensors.jsonl.gz --label alarm --time stamp --candidate balanced-softmax --out trial-1
  evenhand pilot images/ --augment shift=2,flip=0.5
  evenhand pilot machines.csv --label failure --ablate allnc --sweep allnc.hycon=0,0.1,0.3,1
  evenhand pilot ECG5000_TRAIN.tsv ECG5000_TEST.tsv
  evenhand pilot mitdb/*.i16.gz --events beats.csv.gz --label aami --window 1s --series 'channel 1'
  evenhand pilot walks/*.csv --task represent --series x,y,z --label activity --rate 52 --window 1s --hop 0.5s

Exit codes: 0 done, 1 wrong use or wrong data, 2 failed while running, 130 interrupted.`,
    )
    .action(async (files: string[], flags: PilotFlags) => {
      const { runPilot } = await import('../pilot.ts');
      await runPilot(files, flags);
    });

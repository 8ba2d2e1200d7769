import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../../src/data/dataset.ts';
import { type OpenTaskOptions, openTask } from '../../src/data/items/open.ts';
import { firstShare, stratifiedShare } from './divide.ts';

/** A data set, how it is read and divided, and the net that it is learnt with. */
export interface StudySet {
  readonly title: string;
  readonly source: string;
  /** Forms were chosen on development sets; confirmation sets had no part in it. */
  readonly kind: 'development' | 'confirmation';
  readonly files: readonly string[];
  readonly options?: OpenTaskOptions;
  /** A division that the files do not tell. */
  readonly divide?: (task: Task) => Task;
  /** How it is divided, in words. */
  readonly split: string;
  /** Test parts a seed, where the data do not come divided. */
  readonly folds?: number;
  /** Default 3. */
  readonly seeds?: number;
  readonly encoder: string;
  readonly steps: number;
  readonly batch: number;
  readonly augment?: string;
  /** Runs only where it is named; how long it takes. */
  readonly long?: string;
  /** Instead of all of them. */
  readonly methods?: string;
}

const MLP = 'mlp:widths=128+128+64';
const RESNET = 'resnet-1d:widths=32+64:kernels=7+5+3';
const CNN = 'cnn-2d:widths=16+32+64:embedding=64';

/** A set as it is learnt: read, and divided where the files do not tell. @throws InputError as `openTask` */
export async function readSet({ files, options = {}, divide }: StudySet): Promise<Task> {
  const task = await openTask(files, options);
  return divide ? divide(task) : task;
}

/** All sets; `files` are none where the folder does not have them. @param data folder with a folder a source */
export function sets(data: string): Readonly<Record<string, StudySet>> {
  const files = (...patterns: string[]) => patterns.flatMap((pattern) => globSync(join(data, pattern)).sort());
  const ucr = (name: string) => files(`ucr/${name}_TRAIN*.tsv.gz`, `ucr/${name}_TEST*.tsv.gz`);
  const beats = {
    source: 'MIT-BIH Arrhythmia Database, 15 records (PhysioNet, ODC-By 1.0)',
    files: files('mitdb/*.i16.gz'),
    options: {
      events: 'beats.csv.gz',
      label: ['aami'],
      series: ['MLII'],
      window: '0.7s',
    },
    encoder: RESNET,
    steps: 400,
    batch: 64,
  };
  const cifar = {
    source: 'CIFAR-10, imbalance 100, JPEG once more; test 200 a class (Krizhevsky 2009)',
    kind: 'confirmation' as const,
    files: files('cifar10-lt/train-lt100.bin.gz', 'cifar10-lt/test-200.bin.gz'),
    split: 'given',
    batch: 128,
    augment: 'shift=4,flip=0.5',
  };
  return {
    ai4i: {
      title: 'AI4I 2020',
      source: 'UCI 601 (CC BY 4.0)',
      kind: 'development',
      files: [join(import.meta.dirname, '../../data/ai4i2020/ai4i2020.csv')],
      options: { label: ['TWF', 'HDF', 'PWF', 'OSF'] },
      split: '5 stratified folds',
      folds: 5,
      seeds: 6,
      encoder: MLP,
      steps: 1000,
      batch: 128,
    },
    'steel-plates': {
      title: 'Steel plates faults',
      source: 'UCI 198 (CC BY 4.0)',
      kind: 'development',
      files: files('steel-plates-faults/*.csv'),
      options: { label: ['fault'] },
      split: '5 stratified folds',
      folds: 5,
      seeds: 6,
      encoder: MLP,
      steps: 800,
      batch: 64,
    },
    ecg5000: {
      title: 'ECG5000',
      source: 'UCR archive (Dau et al. 2019)',
      kind: 'development',
      files: ucr('ECG5000'),
      split: 'given',
      encoder: RESNET,
      steps: 500,
      batch: 64,
    },
    'mitdb-first-60': {
      title: 'mitdb beats, first 60 % of each record',
      kind: 'development',
      ...beats,
      // No groups: the fifth held back for validation is of all records too.
      divide: (task) => firstShare(task, 0.6),
      split: 'beats in the first 60 % of each record for training, the others for test',
    },
    wm811k: {
      title: 'WM-811K, 32 x 32',
      source: 'WM-811K wafer maps (Wu, Jang, Chen 2015), a 40 % sample, half for training',
      kind: 'development',
      files: files('wm811k/train-32.u8.gz', 'wm811k/test-32.u8.gz'),
      split: 'given',
      encoder: CNN,
      steps: 800,
      batch: 128,
    },
    'fashion-lt': {
      title: 'Fashion-MNIST-LT 100',
      source: 'Fashion-MNIST (Xiao et al. 2017, MIT), imbalance 100, full test set',
      kind: 'development',
      files: files('fashion-mnist/*-images-idx3-ubyte.gz'),
      split: 'given',
      encoder: CNN,
      steps: 800,
      batch: 128,
      augment: 'shift=2',
    },
    'medical-images': {
      title: 'MedicalImages',
      source: 'UCR archive (Dau et al. 2019)',
      kind: 'confirmation',
      files: ucr('MedicalImages'),
      split: 'given',
      encoder: RESNET,
      steps: 500,
      batch: 64,
    },
    'proximal-phalanx': {
      title: 'ProximalPhalanxTW',
      source: 'UCR archive (Dau et al. 2019)',
      kind: 'confirmation',
      files: ucr('ProximalPhalanxTW'),
      split: 'given',
      encoder: RESNET,
      steps: 500,
      batch: 64,
    },
    'magnetic-tile': {
      title: 'Magnetic tiles, exposures apart',
      source: 'magnetic tile defects, 64 x 64 (Huang, Qiu, Yuan 2020)',
      kind: 'confirmation',
      files: files('magnetic-tile/images-64.u8.gz'),
      options: { group: 'exposure' },
      split: '3 folds of whole exposures',
      folds: 3,
      encoder: CNN,
      steps: 800,
      batch: 64,
      augment: 'shift=2,flip=0.5',
    },
    'mitdb-patients': {
      title: 'mitdb beats, patients apart',
      kind: 'confirmation',
      ...beats,
      // 201 and 202 are one patient.
      options: { ...beats.options, group: 'file:^(20(?=[12]\\.)|\\d+)' },
      split: '3 folds of whole patients',
      folds: 3,
    },
    'cifar10-lt-small': {
      title: 'CIFAR-10-LT 100, small net',
      ...cifar,
      encoder: 'cnn-2d:widths=32+64+128',
      steps: 1500,
      long: '1 hour on two cores: 54 trainings of 1,500 steps, 2 minutes each on one',
    },
    'cifar10-lt': {
      title: 'CIFAR-10-LT 100',
      ...cifar,
      encoder: 'resnet-cifar:blocks=1',
      steps: 2900,
      long: '6 hours on two cores: 54 trainings of 2,900 steps, 13 minutes each on one',
    },
    'cifar10-lt-resnet32': {
      title: 'CIFAR-10-LT 100, ResNet-32',
      ...cifar,
      encoder: 'resnet-cifar',
      steps: 2900,
      long: '5 hours on two cores: 12 trainings of 2,900 steps, 50 minutes each on one',
      methods: 'allnc,allnc:preset=predictive',
    },
  };
}

/** What `--imbalance` thins: balanced data. 70 % for training; the test part stays as it is. */
export function balancedSets(data: string): Readonly<Record<string, StudySet>> {
  return {
    mnist: {
      title: 'MNIST, official test part',
      source: 'MNIST t10k (LeCun, Cortes, Burges)',
      kind: 'confirmation',
      files: globSync(join(data, 'mnist-t10k/*images*')).sort(),
      divide: (task) => stratifiedShare(task, 0.7, 0),
      split: '70 % of each class for training, then thinned; 30 % for test, balanced',
      encoder: CNN,
      steps: 800,
      batch: 128,
      methods: 'supcon-balanced,allnc',
    },
  };
}

import { parseMethod, suited } from '../../src/methods/index.ts';
import type { Classification } from '../../src/pilot/result.ts';

/** A method as the page calls it. */
export interface Row {
  readonly name: string;
  /** As in `--candidate`; of AllNC's parts in full, so that a change of defaults changes none of them. */
  readonly spec: string;
  /** What PyTorch measured at gamma 0, mean of the six development sets, in percent: methods.md. */
  readonly torch?: { readonly recall: number; readonly f1: number; readonly rarest: number };
}

const torch = (recall: number, f1: number, rarest: number) => ({ torch: { recall, f1, rarest } });
/** AllNC's plain form with each part by its setting. */
export const parts = (floor: number, hycon: number, p2p: number, kind = 'dual') =>
  `allnc:floor=${floor}:hycon=${hycon}:p2p=${p2p}:kind=${kind}:form=plain`;

export const BASELINE = 'cross-entropy';
export const BALANCED = 'balanced-softmax';

/** Every row of every table, the simple references first. Rows that are one method under the present defaults count once. */
const ROWS: readonly Row[] = [
  { name: 'cross-entropy', spec: BASELINE, ...torch(70.0, 70.7, 57.9) },
  { name: 'logit adjustment', spec: 'logit-adjustment' },
  { name: 'tau-normalisation', spec: 'tau-norm' },
  { name: 'class-weighted', spec: 'class-weighted', ...torch(77.0, 67.5, 73.3) },
  { name: 'effective number', spec: 'class-weighted:kind=effective' },
  { name: 'oversampling', spec: 'oversampling', ...torch(76.3, 70.9, 69.9) },
  { name: 'balanced softmax', spec: BALANCED, ...torch(78.9, 66.5, 78.2) },
  { name: 'focal', spec: 'focal' },
  { name: 'mixup', spec: 'mixup' },
  { name: 'LDAM-DRW', spec: 'ldam-drw', ...torch(77.0, 65.4, 75.8) },
  { name: 'cRT', spec: 'crt' },
  { name: 'balanced contrastive', spec: 'supcon-balanced' },
  { name: '+ GBBN', spec: parts(0.5, 0, 0), ...torch(77.4, 70.0, 72.2) },
  { name: '+ HyCon', spec: parts(1, 1, 0), ...torch(79.6, 65.2, 80.7) },
  { name: 'GBBN + HyCon', spec: parts(0.5, 1, 0), ...torch(79.5, 69.3, 77.9) },
  { name: 'AllNC plain: GBBN + HyCon + P2P', spec: parts(0.5, 1, 0.1), ...torch(78.9, 69.5, 76.9) },
  { name: 'floor 0.75, P2P etf', spec: parts(0.75, 1, 0.1, 'etf'), ...torch(79.6, 67.6, 79.1) },
  { name: 'AllNC geometry', spec: 'allnc:preset=geometry' },
  { name: 'AllNC predictive', spec: 'allnc:preset=predictive' },
  { name: 'AllNC predictive, no P2P', spec: 'allnc:preset=predictive:p2p=0' },
];

/** Stands for what `allnc` is by default: the form that suits the items. */
export const DEFAULT = 'allnc by default';

/** The method of an arm in a result. */
export function methodIn({ data }: Classification, method: string): string {
  if (method !== DEFAULT) return method;
  return parseMethod(suited('allnc', data.pictures ? 'pictures' : data.series ? 'series' : 'table')).name;
}

/** The rows with their methods' full names; the last one is AllNC by default, which is one of the others on every set. */
export function rows(): (Row & { readonly method: string; readonly allnc: boolean })[] {
  const each = ROWS.map((row) => {
    const { name: method, method: own } = parseMethod(row.spec);
    return { ...row, method, allnc: own.name === 'allnc' };
  });
  return [...each, { name: '**AllNC, default form**', spec: 'allnc', method: DEFAULT, allnc: true }];
}

/** References of a pilot, as asked for (`allnc,crt`) or all; cross-entropy and balanced softmax always take part. */
export function references(asked?: string): string[] {
  const specs = asked ? asked.split(',') : ROWS.map(({ spec }) => spec);
  return [...new Set(specs)].filter((spec) => ![BASELINE, BALANCED].includes(parseMethod(spec).name));
}

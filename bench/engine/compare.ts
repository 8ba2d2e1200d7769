import { median } from '../../src/array/median.ts';
import type { Measured, Side } from './side.ts';

/** A finished comparison: medians over the rounds, and the smallest and largest ratio. */
export interface Comparison {
  readonly ours: number;
  readonly oursMode: string;
  readonly peer: number;
  readonly peerMode: string;
  /** Median of ours / peer of each round. */
  readonly ratio: number;
  readonly spread: readonly [number, number];
}

/** Rounds of each mode when the best is chosen; the first, which compiles, does not count. */
const TRIES = 3;
/** Between the sides' check numbers, relative to the largest: float32 in another order. */
const TOLERANCE = 1e-3;

/**
 * Keeps each side's best mode, warms both up, then measures alternately: ours, peer, ours, peer ...
 * @throws Error when a side has no mode that works, or the sides' check numbers differ in a round
 */
export async function compare(
  ours: Side,
  peer: Side,
  rounds: number,
  note: (text: string) => void,
): Promise<Comparison> {
  const [oursMode, peerMode] = [await bestMode(ours, note), await bestMode(peer, note)];
  const pairs: [number, number][] = [];
  // Round 0 is the warm-up.
  for (let round = 0; round <= rounds; round++) {
    const mine = await ours.measure(oursMode);
    const theirs = await peer.measure(peerMode);
    agree(mine, theirs);
    if (round > 0) pairs.push([mine.value, theirs.value]);
  }
  const ratios = pairs.map(([x, y]) => x / y);
  return {
    ours: median(pairs.map(([x]) => x)),
    oursMode,
    peer: median(pairs.map(([, y]) => y)),
    peerMode,
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}

/** Runs every mode, leaves out those that fail or do other work, and gives the one with the least value. */
async function bestMode(side: Side, note: (text: string) => void): Promise<string> {
  if (side.modes.length === 1) return side.modes[0];
  let best: { mode: string; least: Measured } | undefined;
  for (const mode of side.modes) {
    try {
      await side.measure(mode);
      let least: Measured = { value: Number.POSITIVE_INFINITY };
      for (let i = 1; i < TRIES; i++) {
        const measured = await side.measure(mode);
        if (measured.value < least.value) least = measured;
      }
      note(`  ${mode}: ${least.value.toPrecision(3)}`);
      if (best) agree(best.least, least);
      if (!best || least.value < best.least.value) best = { mode, least };
    } catch (error) {
      note(`  ${mode}: left out (${(error as Error).message})`);
    }
  }
  if (!best) throw new Error(`no mode works of ${side.modes.join('; ')}`);
  return best.mode;
}

function agree({ check: x = [] }: Measured, { check: y = [] }: Measured): void {
  const scale = Math.max(...x.map(Math.abs));
  const at = x.findIndex((value, i) => !(Math.abs(value - y[i]) <= TOLERANCE * scale));
  if (x.length !== y.length || at >= 0)
    throw new Error(
      `not the same work: check number ${Math.max(at, 0)} is ${x[at]} on one side, ${y[at]} on the other`,
    );
}

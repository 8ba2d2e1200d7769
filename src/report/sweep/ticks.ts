import * as Plot from '@observablehq/plot';
import { short } from '../charts/svg.ts';
import type { Axis, Scale } from './axes.ts';

/** Pixels that a tick's number needs. */
const ROOM = 34;

/** The scale across, for Plot. */
export function xScale(scale: Scale): Plot.ScaleOptions {
  if (scale.kind === 'categories') return { type: 'point', domain: [...scale.values], padding: 0.5 };
  return { type: scale.kind, domain: [...scale.domain], inset: 12 };
}

/** Numbers along the lower edge: the values tried where they are few, so many of them as find room. */
export function xAxis(axis: Axis, scale: Scale, width: number): Plot.Markish[] {
  const usual = { tickSize: 4, fontSize: 11, label: null };
  if (scale.kind === 'categories') {
    const letters = Math.max(3, Math.floor(width / Math.max(1, scale.values.length) / 7));
    return [Plot.axisX({ ...usual, tickFormat: (value: string) => short(value, letters) })];
  }
  const ticks = 'values' in axis ? axis.values.map(Number) : scale.kind === 'log' ? oneTwoFive(scale.domain) : null;
  const format = (value: number) => String(Number(value.toPrecision(6))).replace('-', '−');
  if (ticks === null) return [Plot.axisX({ ...usual, ticks: 5, tickFormat: format })];
  const [low, high] = scale.domain;
  const along = (value: number) =>
    width * (scale.kind === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
  const kept: number[] = [];
  for (const tick of ticks.toSorted((a, b) => a - b)) {
    const last = kept.at(-1);
    if (last === undefined || along(tick) - along(last) >= ROOM) kept.push(tick);
  }
  return [Plot.axisX({ ...usual, ticks: kept, tickFormat: format })];
}

/** 1, 2, 5, 10, 20, ... within a range. */
function oneTwoFive([low, high]: readonly [number, number]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const digit of [1, 2, 5]) ticks.push(Number(`${digit}e${power}`));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

import { existsSync, readFileSync } from 'node:fs';
import { Trainer } from '../../../src/train/trainer.ts';
import { planOf, randomRows } from '../problems/table.ts';

/** Trains 300 steps and prints this process's peak resident size in MiB. */
const plan = planOf(300);
await new Trainer().train(plan, randomRows(plan), { seed: 0 });
console.log(peakKiB() / 1024);

/** Linux keeps the high-water mark; elsewhere the resource usage says it, in KiB as Node gives it. */
function peakKiB(): number {
  const path = '/proc/self/status';
  if (!existsSync(path)) return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(path, 'utf8'))?.[1]);
}

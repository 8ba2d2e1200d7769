import { Trainer } from '../../../src/train/trainer.ts';
import { planOf, randomRows } from '../problems/table.ts';

/** Prints a line when the first training step is done. */
const plan = planOf(1);
await new Trainer().train(plan, randomRows(plan), { seed: 0 });
console.log('done');

import { createInterface } from 'node:readline';
import type { Measured } from './side.ts';

/** Our end of a long-lived process: tells its modes, then runs a round for each line read (see side.ts). */
export async function serve(modes: Readonly<Record<string, () => Promise<Measured>>>): Promise<void> {
  const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ modes: Object.keys(modes) });
  for await (const line of createInterface({ input: process.stdin })) {
    const { mode } = JSON.parse(line) as { mode: string };
    try {
      say(await modes[mode]());
    } catch (error) {
      say({ error: String(error) });
    }
  }
}

import type { WriteStream } from 'node:tty';
import type { PilotEvent, Progress } from '../pilot/run.ts';

type Shown = Extract<PilotEvent, { kind: 'step' | 'trial' | 'judging' }>;

/** Milliseconds between two drawings of the live lines. */
const REDRAW = 100;

/**
 * Progress of the trials. On a terminal one live line for every running trial and one for the whole; elsewhere one line
 * for every finished trial.
 */
export function progressLine(stream: WriteStream, quiet: boolean): { show(event: Shown): void; end(): void } {
  if (quiet) return { show: () => {}, end: () => {} };
  const live = stream.isTTY === true;
  const running = new Map<string, string>();
  let drawnAt = 0;
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = (lines: readonly string[]) => {
    const width = Math.max(20, stream.columns ?? 80) - 1;
    erase();
    stream.write(lines.map((line) => `${line.slice(0, width)}\n`).join(''));
    drawn = lines.length;
  };
  return {
    show(event) {
      if (event.kind === 'judging') {
        if (live) draw(['judging: operating points, intervals, verdict, models ...']);
        else stream.write('judging: operating points, intervals, verdict, models ...\n');
        return;
      }
      if (event.kind === 'step') running.set(event.trial, `step ${event.step} of ${event.steps}`);
      else running.delete(event.trial);
      if (event.kind === 'step' && Date.now() - drawnAt < REDRAW) return;
      drawnAt = Date.now();
      const whole = wholeLine(event.progress);
      if (live) draw([...[...running].map(([trial, step]) => `  ${trial}: ${step}`), whole]);
      else if (event.kind === 'trial') stream.write(`${whole}  ${event.trial}: ${event.seconds.toFixed(1)} s\n`);
    },
    end: () => {
      if (live) erase();
    },
  };
}

function wholeLine({ done, total, secondsLeft }: Progress): string {
  const share = `${String(Math.floor((100 * done) / total)).padStart(3)} %`;
  const left = secondsLeft === null ? 'time left not known yet' : `${duration(secondsLeft)} left`;
  return `trial ${String(done).padStart(String(total).length)}/${total} ${share}, ${left}`;
}

/** Seconds in words: `40 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  const s = Math.ceil(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')} min`;
}

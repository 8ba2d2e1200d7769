import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InputError, nearest } from '../array/errors.ts';
import type { Answer } from './device-probe.ts';
import { type DeviceChoice, type DeviceName, defaultDevice, deviceChoices, deviceOf, devices } from './devices.ts';

/** What became of trying a device: milliseconds of the same work there and on the processor, or why it does not work. */
export type Finding = { readonly name: DeviceName } & Answer;

/** The device to be used. */
export interface FoundDevice {
  readonly name: DeviceName;
  /** Why this one, where it was not asked for by name: what came of trying the others. */
  readonly why?: string;
}

export interface ProbeOptions {
  /** Milliseconds after which a device that has not answered is given up. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  /** The program that tries a device. */
  readonly program?: URL;
}

export interface FindOptions {
  readonly atOnce?: number;
  readonly probe?: (name: DeviceName) => Promise<Finding>;
}

/** A device is taken for `auto` when it gets this many times as much done as the processor: less is within the noise. */
const WORTH = 2;

/** Beside this file: `.ts` in a checkout, `.js` when installed. */
const probeProgram = new URL(import.meta.url.replace(/find-device\.(ts|js)$/, 'device-probe.$1'));

/**
 * Checks a device that was asked for, or finds the best. The processor is always there and is not tried.
 *
 * `auto`: the device that does a small training (25 steps of a table's net) fastest, if it gets at least twice as much
 * done as the processor, which does several trainings at once; else the processor.
 *
 * @param atOnce trainings that the processor would do at the same time
 * @throws InputError when there is no such device, or it does not work here
 */
export async function findDevice(
  wanted: string,
  { atOnce = 1, probe = probeDevice }: FindOptions = {},
): Promise<FoundDevice> {
  const choice = choiceOf(wanted);
  if (choice === defaultDevice) return { name: choice };
  if (choice !== 'auto') {
    const finding = await probe(choice);
    if (!('reason' in finding)) return { name: choice };
    const working = await tryAll(probe, (name) => name !== choice);
    const names = [defaultDevice, ...working.filter((f) => !('reason' in f)).map(({ name }) => name)];
    throw new InputError(
      `--device: "${choice}" does not work here: ${finding.reason} (it needs ${deviceOf(choice).needs}); what works: ${names.join(', ')}`,
    );
  }
  const findings = await tryAll(probe, () => true);
  let best: { name: DeviceName; gain: number } = { name: defaultDevice, gain: WORTH };
  for (const finding of findings) {
    const gain = gainOf(finding, atOnce);
    if (gain >= best.gain) best = { name: finding.name, gain };
  }
  return { name: best.name, why: findings.map((finding) => inWords(finding, atOnce)).join('; ') };
}

function choiceOf(wanted: string): DeviceChoice {
  const known = deviceChoices.find((name) => name === wanted);
  if (known) return known;
  const near = nearest(wanted, deviceChoices);
  throw new InputError(
    `--device: "${wanted}" is not known; there are: ${deviceChoices.join(', ')}${near ? ` (did you mean "${near}"?)` : ''}`,
  );
}

/** One after another, so that none slows another down. */
async function tryAll(
  probe: (name: DeviceName) => Promise<Finding>,
  which: (name: DeviceName) => boolean,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name } of devices) if (name !== defaultDevice && which(name)) findings.push(await probe(name));
  return findings;
}

/** How many times as much it gets done as the processor; 0 for a device that does not work. */
function gainOf(finding: Finding, atOnce: number): number {
  if ('reason' in finding) return 0;
  return (finding.processor * Math.min(atOnce, deviceOf(finding.name).trainings)) / (finding.device * atOnce);
}

function inWords(finding: Finding, atOnce: number): string {
  if ('reason' in finding) return `${finding.name} does not work here: ${finding.reason}`;
  const gain = gainOf(finding, atOnce);
  const [times, word] = gain >= 1 ? [gain, 'fast'] : [1 / gain, 'slow'];
  return `${finding.name} is ${Number(times.toPrecision(2))} times as ${word} as the processor`;
}

/**
 * Tries a device in a process of its own, so that a driver that crashes or hangs takes nothing with it. Never rejects
 * for the device's sake.
 * @throws the signal's reason when it fires
 */
export async function probeDevice(
  name: DeviceName,
  { limit = 30_000, signal, program = probeProgram }: ProbeOptions = {},
): Promise<Finding> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [fileURLToPath(program), name], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  try {
    return await new Promise<Finding>((resolve, reject) => {
      const failed = (reason: string) => resolve({ name, reason });
      timer = setTimeout(() => failed(`no answer within ${limit / 1000} s`), limit);
      abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      child.on('error', (error) => failed(error.message));
      child.on('close', (code, ended) => {
        // An answer does not count from a process that then broke: a pilot there would end like that.
        if (code !== 0) return failed(`the driver or the runtime crashed (${ended ?? `exit code ${code}`})`);
        try {
          const answer = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Answer;
          resolve({ name, ...('reason' in answer ? { reason: oneLine(answer.reason) } : answer) });
        } catch {
          failed('the trial gave no answer');
        }
      });
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // Not waited for: a process that hangs in a driver may not even end when it is killed.
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.unref();
  }
}

/** Longest reason that is shown. */
const LONGEST = 160;

/** The runtime's message without its source line ("/onnxruntime_src/... status == Success was false. "). */
function oneLine(message: string): string {
  const plain = message
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^\/\S+:\d+ .* was false\. /, '')
    .replace(/^OrtSessionOptionsAppendExecutionProvider_\w+: /, '');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}...` : plain;
}

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { array } from '../../src/array/array.ts';
import { InputError } from '../../src/array/errors.ts';
import { input, mul } from '../../src/graph/ops/index.ts';
import { type DeviceName, deviceChoices, deviceOf, devices } from '../../src/runtime/devices.ts';
import { type Finding, findDevice, probeDevice } from '../../src/runtime/find-device.ts';
import { compile, feed, read } from '../../src/runtime/session.ts';
import { evenhand, newFolder, timeless, writeTable } from '../cli/run.ts';

/** A machine on which devices behave as told; asks are counted. */
function machine(told: Partial<Record<DeviceName, Finding extends infer F ? Omit<F & object, 'name'> : never>>) {
  const asked: DeviceName[] = [];
  const probe = async (name: DeviceName) => {
    asked.push(name);
    return { name, ...(told[name] ?? { reason: 'not here' }) } as Finding;
  };
  return { asked, probe };
}

test('cpu is used without trying anything; another device by name when it works, however slow', async () => {
  const { asked, probe } = machine({ webgpu: { device: 900, processor: 1 } });
  assert.deepEqual(await findDevice('cpu', { probe }), { name: 'cpu' });
  assert.deepEqual(asked, []);
  assert.deepEqual(await findDevice('webgpu', { probe }), { name: 'webgpu' });
  assert.deepEqual(asked, ['webgpu']);
});

test('auto: the fastest that gets at least twice as much done as the processor with all its trainings at once', async () => {
  const auto = async (told: Parameters<typeof machine>[0], atOnce?: number) =>
    findDevice('auto', { probe: machine(told).probe, atOnce });
  assert.deepEqual(await auto({}), {
    name: 'cpu',
    why: 'webgpu does not work here: not here; cuda does not work here: not here',
  });
  const both = { webgpu: { device: 2, processor: 10 }, cuda: { device: 1, processor: 10 } };
  assert.deepEqual(await auto(both), {
    name: 'cuda',
    why: 'webgpu is 5 times as fast as the processor; cuda is 10 times as fast as the processor',
  });
  assert.equal((await auto({ webgpu: { device: 10, processor: 19 } })).name, 'cpu');
  assert.equal((await auto({ webgpu: { device: 10, processor: 20 } })).name, 'webgpu');
  assert.equal((await auto({ webgpu: { device: 1000, processor: 1 } })).name, 'cpu');
  // Ten times as fast, one training at a time, against eight at a time.
  const many = await auto({ cuda: { device: 1, processor: 10 } }, 8);
  assert.equal(many.name, 'cpu');
  assert.match(many.why ?? '', /cuda is 1\.3 times as fast/);
});

test('a device that is missing: one line with the reason, what it needs and what works', async () => {
  const { probe } = machine({ cuda: { reason: 'no such library' }, webgpu: { device: 1, processor: 1 } });
  await assert.rejects(findDevice('cuda', { probe }), (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(
      error.message,
      `--device: "cuda" does not work here: no such library (it needs ${deviceOf('cuda').needs}); what works: cpu, webgpu`,
    );
    return true;
  });
});

test('a name that is not known gets the nearest one', async () => {
  for (const [wrong, right] of [
    ['cdua', 'cuda'],
    ['webgp', 'webgpu'],
    ['CPU', 'cpu'],
  ])
    await assert.rejects(
      findDevice(wrong),
      (error) =>
        error instanceof InputError &&
        error.message ===
          `--device: "${wrong}" is not known; there are: cpu, webgpu, cuda, auto (did you mean "${right}"?)`,
    );
});

test('a driver that crashes, crashes late or hangs is a device that does not work; the process lives', async () => {
  const program = (name: string) => new URL(name, import.meta.url);
  const crashed = await probeDevice('cuda', { program: program('crash.ts') });
  assert.ok('reason' in crashed && /crashed \((SIGABRT|exit code \d+)\)/.test(crashed.reason), JSON.stringify(crashed));
  const late = await probeDevice('cuda', { program: program('late-crash.ts') });
  assert.ok('reason' in late && /crashed/.test(late.reason), JSON.stringify(late));
  assert.deepEqual(await probeDevice('cuda', { program: program('hang.ts'), limit: 500 }), {
    name: 'cuda',
    reason: 'no answer within 0.5 s',
  });
  const stop = new AbortController();
  const stopped = probeDevice('cuda', { program: program('hang.ts'), signal: stop.signal });
  stop.abort(new Error('enough'));
  await assert.rejects(stopped, /enough/);
});

test('every record: known to the command line, tried without harm, and computing where it works', async () => {
  assert.deepEqual(deviceChoices, [...devices.map(({ name }) => name), 'auto']);
  for (const { name } of devices) {
    if (name !== 'cpu') {
      const finding = await probeDevice(name);
      if ('reason' in finding) {
        assert.ok(finding.reason.length > 5 && !finding.reason.includes('\n'), finding.reason);
        continue;
      }
      assert.ok(finding.device > 0 && finding.processor > 0);
    }
    const program = await compile({ y: mul(input('x', [2]), 3) }, { device: name });
    const { y } = await program.run({ x: feed(array('float32', [2], Float32Array.of(1, -2))) });
    assert.deepEqual([...read(y, 'float32')], [3, -6]);
  }
});

const quick = '--label state --references none --folds 2 --repeats 1 --steps 20'.split(' ');
const pilot = (folder: string, ...more: string[]) => evenhand(['pilot', 'parts.csv', ...quick, ...more], folder);

test('--device cuda where there is none: exit 1, one line, nothing written', async (t) => {
  if (!('reason' in (await probeDevice('cuda')))) return t.skip('cuda works here');
  const folder = newFolder();
  writeTable(folder);
  const { code, stdout, stderr } = await pilot(folder, '--device', 'cuda', '--out', 'out');
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^evenhand: --device: "cuda" does not work here: .*; what works: cpu.*\n$/);
  assert.ok(!existsSync(join(folder, 'out')));
});

test('cpu is the default and recorded; auto says what it took, and where that is cpu the outcome is the same', async () => {
  const folder = newFolder();
  writeTable(folder);
  const plain = await pilot(folder, '--out', 'plain');
  assert.equal(plain.code, 0, plain.stderr);
  assert.doesNotMatch(plain.stderr, /Device/);
  const auto = await pilot(folder, '--out', 'auto', '--device', 'auto');
  assert.equal(auto.code, 0, auto.stderr);
  const taken = /^Device: (\w+) \(webgpu .+; cuda .+\)/m.exec(auto.stderr)?.[1];
  const deviceIn = (name: string) =>
    JSON.parse(readFileSync(join(folder, name, 'result.json'), 'utf8')).software.device;
  assert.equal(deviceIn('plain'), 'cpu');
  assert.equal(deviceIn('auto'), taken);
  if (taken === 'cpu') assert.equal(timeless(join(folder, 'auto')), timeless(join(folder, 'plain')));
  else assert.notEqual(timeless(join(folder, 'auto')), timeless(join(folder, 'plain')));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../src/array/errors.ts';
import { ablationOf, methods, parseMethod } from '../../src/methods/index.ts';

test('base, each part alone, all but one each, the whole', () => {
  assert.deepEqual(ablationOf('allnc:floor=0.5:hycon=1:p2p=0.1'), {
    method: 'allnc',
    parts: ['GBBN', 'HyCon', 'P2P'],
    arms: {
      'allnc:floor=1:hycon=0:p2p=0': [],
      'allnc:hycon=0:p2p=0': ['GBBN'],
      'allnc:floor=1:p2p=0': ['HyCon'],
      'allnc:floor=1:hycon=0': ['P2P'],
      'allnc:floor=1': ['HyCon', 'P2P'],
      'allnc:hycon=0': ['GBBN', 'P2P'],
      'allnc:p2p=0': ['GBBN', 'HyCon'],
      allnc: ['GBBN', 'HyCon', 'P2P'],
    },
  });
});

test('a part that the settings leave out already is none; what is left stands once', () => {
  // Of two parts, one alone is all but the other.
  assert.deepEqual(ablationOf('allnc:hycon=0'), {
    method: 'allnc:hycon=0',
    parts: ['GBBN', 'P2P'],
    arms: {
      'allnc:floor=1:hycon=0:p2p=0': [],
      'allnc:hycon=0:p2p=0': ['GBBN'],
      'allnc:floor=1:hycon=0': ['P2P'],
      'allnc:hycon=0': ['GBBN', 'P2P'],
    },
  });
  assert.deepEqual(ablationOf('allnc:hycon=0:floor=1').arms, {
    'allnc:floor=1:hycon=0:p2p=0': [],
    'allnc:floor=1:hycon=0': ['P2P'],
  });
});

test('other settings stay as they are, presets too', () => {
  const { method, arms } = ablationOf('allnc:preset=geometry');
  assert.equal(method, 'allnc:floor=0.25:p2p=0.3:kind=blur');
  assert.deepEqual(arms['allnc:floor=1:hycon=0:p2p=0:kind=blur'], []);
  assert.deepEqual(arms['allnc:floor=0.25:hycon=0:p2p=0.3:kind=blur'], ['GBBN', 'P2P']);
});

test('what cannot be taken apart is refused in one line', () => {
  const refused = (text: string, message: RegExp) =>
    assert.throws(
      () => ablationOf(text),
      (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
    );
  refused('focal', /--ablate: method "focal" has no parts to leave out; there are some in allnc/);
  refused('allnc:floor=1:hycon=0:p2p=0', /leaves out all parts \(GBBN, HyCon, P2P\)/);
  refused('alnc', /"alnc" is not known.*did you mean "allnc"/);
  refused('allnc:flor=1', /no setting "flor".*did you mean "floor"/);
});

test('the settings that leave a part out are ones the method takes', () => {
  for (const { name, parts } of methods)
    for (const [part, settings] of Object.entries(parts ?? {})) {
      const text = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
      assert.deepEqual(
        Object.keys(settings).map((key) => parseMethod([name, ...text].join(':')).settings[key]),
        Object.values(settings),
        `${name} ${part}`,
      );
    }
});

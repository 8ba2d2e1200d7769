import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, trusted } from '../../src/report/html.ts';
import { fill, plain, say } from '../../src/report/language.ts';
import { pointer, resolve } from '../../src/report/pointer.ts';

test('html escapes what is inserted, in text and in attributes, and leaves Html alone', () => {
  const nasty = `<script>alert("1")</script> & 'q'`;
  const safe = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;q&#39;';
  assert.equal(html`<p title="${nasty}">${nasty}</p>`.html, `<p title="${safe}">${safe}</p>`);
  assert.equal(html`${html`<b>${'<'}</b>`}`.html, '<b>&lt;</b>');
  assert.equal(html`${trusted('<br>')}`.html, '<br>');
  assert.equal(html`${[1, 'a', null, html`<i></i>`]}${undefined}${false}${0}`.html, '1a<i></i>0');
});

test('fill escapes what is put into a text and refuses a place without content', () => {
  const entry = { en: 'a {x} & b', ja: '{x}と b' };
  assert.deepEqual(fill(entry, { x: '<i>' }), { en: { html: 'a &lt;i&gt; &amp; b' }, ja: { html: '&lt;i&gt;と b' } });
  assert.throws(() => fill(entry), /nothing for \{x\}/);
});

test('say marks each language, once where both are equal', () => {
  assert.equal(
    say({ en: 'yes', ja: 'はい' }).html,
    '<span class="en" lang="en">yes</span><span class="ja" lang="ja">はい</span>',
  );
  assert.equal(say({ en: 'F1', ja: 'F1' }).html, 'F1');
  assert.equal(plain(html`<b>${'"a" < b & c'}</b>`), '"a" < b & c');
});

// The worked example of RFC 6901, section 5.
const example = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

test('pointers resolve as in RFC 6901', () => {
  const cases: [string, unknown][] = [
    ['', example],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ];
  for (const [path, value] of cases) assert.deepEqual(resolve(example, path), value, path);
});

test('pointer writes what resolve reads; a path that leads nowhere throws', () => {
  for (const key of ['a/b', 'm~n', '~1', 'recall[a.b/c]'])
    assert.equal(resolve({ x: { [key]: 5 } }, pointer('x', key)), 5);
  assert.throws(() => resolve(example, '/foo/2'), /nothing at "\/foo\/2"/);
  assert.throws(() => resolve(example, '/constructor'), /nothing at/);
  assert.throws(() => resolve(example, 'foo'), /does not start/);
});

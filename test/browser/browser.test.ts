import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { bundleBrowser, wasmFile } from '../../scripts/browser.ts';
import * as library from '../../src/browser.ts';
import { fit } from '../../src/evaluate/trial.ts';
import { mixedTable, ofTable, smallSettings, split, tableData } from '../evaluate/tables.ts';
import { answers, everyOp, training } from './toy.ts';

/** A table as a program of the user's would hold it: missing values as null. */
function plain(columns: readonly library.Column[]): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      column.kind === 'category'
        ? Array.from(column.codes, (code) => column.levels[code] ?? null)
        : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)),
    ]),
  );
}

/** A model as the pilot writes it, and the table with three rows more: all missing, an unseen category, a glitch. */
async function exported() {
  const { inputs, labels, classes } = mixedTable();
  const settings = smallSettings('allnc');
  const data = tableData(inputs, labels, classes.length);
  const fitted = await fit(new library.Trainer(), data, split(labels.length), settings);
  const plan = { ...settings.plan, shape: [ofTable(fitted).width], classes: classes.length };
  const columns = plain(inputs);
  const more: Record<string, (number | string | null)[]> = {
    'size [µm]': [null, 270_950, 1e300],
    on: [null, 1, 0],
    kind: [null, 'never seen', 'M'],
    stamp: [null, -1.5, 4e9],
  };
  for (const [name, values] of Object.entries(more)) columns[name].push(...values);
  return { model: library.exportModel({ ...fitted, preprocessing: ofTable(fitted), plan }, classes, 0.4), columns };
}

function largestGap(a: readonly number[], b: readonly number[]): number {
  assert.equal(a.length, b.length);
  return a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);
}

/** Nothing may come from elsewhere, and no text may become code (WebAssembly apart). */
const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

describe('in a browser', () => {
  let browser: Browser;
  let server: Server;
  let origin: string;
  let model: Uint8Array;
  let columns: library.Columns;
  const stored = (name: string) => readFileSync(new URL(`../evaluate/reference/${name}`, import.meta.url));

  before(async () => {
    ({ model, columns } = await exported());
    const wasm = readFileSync(wasmFile);
    const files: Record<string, [type: string, content: string | Uint8Array]> = {
      '/': ['text/html', '<!doctype html><meta charset="utf-8"><title>Evenhand</title>'],
      '/browser.js': ['text/javascript', await bundleBrowser()],
      '/toy.js': ['text/javascript', await bundleBrowser(new URL('toy.ts', import.meta.url))],
      '/ort-wasm-simd-threaded.wasm': ['application/wasm', wasm],
      '/elsewhere/runtime.wasm': ['application/wasm', wasm],
      '/model.onnx': ['application/octet-stream', model],
      '/stored.onnx': ['application/octet-stream', stored('model.onnx')],
      '/columns.json': ['application/json', JSON.stringify(columns)],
    };
    server = createServer(({ url = '' }, response) => {
      const [type, content] = files[url] ?? [];
      if (type === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(content);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  /** What an expression is on a fresh page, and which addresses that page asked for; errors and console fail the test. */
  async function onPage<T>(expression: string): Promise<{ value: T; asked: string[] }> {
    const page = await browser.newPage();
    const asked: string[] = [];
    const odd: string[] = [];
    page.on('request', (request) => asked.push(request.url().replace(origin, '')));
    page.on('console', (message) => odd.push(message.text()));
    page.on('pageerror', (error) => odd.push(error.message));
    await page.goto(origin);
    const value = await page.evaluate<T>(expression);
    await page.close();
    assert.deepEqual(odd, []);
    return { value, asked: asked.filter((url) => url !== '/favicon.ico').sort() };
  }

  const ask = (file: string, table: string) => `(async () => {
    const [toy, library] = await Promise.all([import('/toy.js'), import('/browser.js')]);
    const model = new Uint8Array(await (await fetch('${file}')).arrayBuffer());
    return toy.answers(library, model, ${table});
  })()`;

  test("an exported model takes raw columns and gives Node's probabilities; nothing is asked of anyone else", async () => {
    const { value, asked } = await onPage<Awaited<ReturnType<typeof answers>>>(
      ask('/model.onnx', `await (await fetch('/columns.json')).json()`),
    );
    const expected = await answers(library, model, columns);
    assert.deepEqual(value.classes, ['fine', 'worn', 'cracked "deep"']);
    assert.deepEqual(value.classes, expected.classes);
    assert.equal(value.probabilities.length, 93);
    assert.ok(largestGap(value.probabilities.flat(), expected.probabilities.flat()) < 1e-5);
    // They say something: not all rows get the same answer.
    assert.ok(new Set(value.probabilities.map((row) => row.indexOf(Math.max(...row)))).size > 1);
    assert.deepEqual(asked, [
      '/',
      '/browser.js',
      '/columns.json',
      '/model.onnx',
      '/ort-wasm-simd-threaded.wasm',
      '/toy.js',
    ]);
  });

  test("a stored model gives the probabilities of Python's onnxruntime", async () => {
    const { raw } = JSON.parse(stored('rows.json').toString()) as { raw: { name: string; values: unknown[] }[] };
    const table = JSON.stringify(Object.fromEntries(raw.map(({ name, values }) => [name, values])));
    const { value } = await onPage<Awaited<ReturnType<typeof answers>>>(ask('/stored.onnx', table));
    const { probabilities } = JSON.parse(stored('probabilities.json').toString()) as { probabilities: number[][] };
    assert.ok(largestGap(value.probabilities.flat(), probabilities.flat()) < 1e-5);
  });

  test("a small training: the loss falls, the parameters are Node's; the runtime's file may lie elsewhere", async () => {
    const { value, asked } = await onPage<Awaited<ReturnType<typeof training>>>(`(async () => {
      const [toy, library] = await Promise.all([import('/toy.js'), import('/browser.js')]);
      library.locateWasm('elsewhere/runtime.wasm');
      return toy.training(library);
    })()`);
    const { losses, parameters } = value;
    assert.ok(losses[losses.length - 1] < losses[0] / 2, `${losses}`);
    const node = await training(library);
    assert.ok(largestGap(parameters, node.parameters) < 1e-4, `${largestGap(parameters, node.parameters)}`);
    assert.deepEqual(asked, ['/', '/browser.js', '/elsewhere/runtime.wasm', '/toy.js']);
  });

  test('every op gives there what it gives in Node', async () => {
    const { value } = await onPage<Awaited<ReturnType<typeof everyOp>>>(
      `Promise.all([import('/toy.js'), import('/browser.js')]).then(([toy, library]) => toy.everyOp(library))`,
    );
    const expected = await everyOp(library);
    assert.ok(Object.keys(expected).length > 40);
    for (const [op, outcomes] of Object.entries(expected))
      for (const [i, outcome] of outcomes.entries()) {
        const there = value[op][i];
        assert.ok(typeof outcome === 'object', `${op} in Node: ${outcome}`);
        assert.ok(typeof there === 'object', `${op}: ${there}`);
        const scale = Math.max(1, ...outcome.map(Math.abs).filter(Number.isFinite));
        const same = outcome.every((v, k) => Object.is(v, there[k]) || Math.abs(v - there[k]) <= 1e-5 * scale);
        assert.ok(same && there.length === outcome.length, `${op}, example ${i}: ${there} in place of ${outcome}`);
      }
  });
});

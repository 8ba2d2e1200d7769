import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import { reportHtml } from '../../src/report/index.ts';
import { resolve } from '../../src/report/pointer.ts';
import { fixture } from './fixture.ts';

/** What a format does to a number, stated here a second time on purpose: factor and decimals. */
const formats: Record<string, [number, number]> = {
  percent: [100, 1],
  points: [100, 1],
  'points-plain': [100, 1],
  error: [100, 2],
  count: [1, 0],
  plain: [1, 0],
  tenths: [1, 1],
  degrees: [1, 1],
  gamma: [1, 2],
  number: [1, 3],
  difference: [1, 3],
};

const classes = [
  'none',
  '<script>alert(1)</script>',
  `"PWF" & 'x'`,
  'OSF/~1.2',
  'TWF',
  'averylongnameofaclasswithoutanyplacetobreakittotheedge',
];
const result = fixture({ outcome: 'simpler-is-enough', classes });

describe('report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-report-'));
  const file = join(folder, 'report.html');
  const address = pathToFileURL(file).href;
  let browser: Browser;

  before(async () => {
    writeFileSync(file, reportHtml(result));
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the file offline; any other request, any message on the console and any error fails the test. */
  async function opened(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ offline: true, ...options });
    const odd: string[] = [];
    const page = await context.newPage();
    page.on('request', (request) => request.url() !== address && odd.push(request.url()));
    page.on('console', (message) => odd.push(message.text()));
    page.on('pageerror', (error) => odd.push(error.message));
    page.on('dialog', (dialog) => {
      odd.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(address);
    await look(page);
    assert.deepEqual(odd, []);
    await context.close();
  }

  test('every number on the page equals the one in the result, rounded', async () => {
    await opened({}, async (page) => {
      const shown = await page.evaluate<[string, string, string, string][]>(
        `[...document.querySelectorAll('[data-path]')].map((e) => [e.dataset.path, e.dataset.value, e.dataset.format, e.textContent])`,
      );
      assert.ok(shown.length > 800, `${shown.length} numbers`);
      for (const [path, value, format, text] of shown) {
        const exact = resolve(result, path);
        assert.equal(typeof exact, 'number', path);
        assert.equal(Number(value), exact, path);
        const [factor, decimals] = formats[format];
        const number = Number(text.replaceAll(',', '').replace('−', '-'));
        assert.ok(
          Math.abs(number - factor * (exact as number)) <= 0.5000001 * 10 ** -decimals,
          `${path}: ${text} for ${exact}`,
        );
        assert.equal(text.split('.')[1]?.length ?? 0, decimals, `${path}: ${text}`);
      }
      const paths = new Set(shown.map(([path]) => path));
      for (const [i, arm] of result.arms.entries()) {
        for (const metric of ['macro-recall', 'macro-f1', 'accuracy', 'average-precision'])
          for (const part of ['value', 'interval/0', 'interval/1'])
            assert.ok(paths.has(`/arms/${i}/metrics/${metric}/${part}`), `${arm.method} ${metric} ${part}`);
        assert.ok(paths.has(`/arms/${i}/collapse/evaluation/nc1Balanced`));
      }
      for (const c of classes.keys())
        for (const i of [0, 1]) assert.ok(paths.has(`/arms/${i}/classes/${c}/recall/value`), `class ${c} of arm ${i}`);
      for (const [i, { role }] of result.comparisons.entries())
        if (role !== 'shown') assert.ok(paths.has(`/comparisons/${i}/difference`), `comparison ${i}`);
    });
  });

  test('the switch changes every text and remembers nothing; also without scripts', async () => {
    for (const javaScriptEnabled of [true, false])
      await opened({ javaScriptEnabled }, async (page) => {
        const heading = page.locator('h1 > span:visible');
        assert.match(
          (await heading.textContent()) ?? '',
          /^A simpler method is enough: balanced softmax raises macro recall/,
        );
        await page.locator('label[for=show-ja]').click();
        assert.match((await heading.textContent()) ?? '', /^より単純な手法で十分：バランスド・ソフトマックス/);
        assert.equal(await page.locator('.en:visible').count(), 0);
        assert.ok((await page.locator('.ja:visible').count()) > 150);
        await page.reload();
        assert.match((await heading.textContent()) ?? '', /^A simpler method/);
        await page.locator('#show-en').focus();
        await page.keyboard.press('ArrowRight');
        assert.match((await heading.textContent()) ?? '', /^より単純な手法で十分/);
        assert.ok(await page.locator('#table-settings').isVisible());
      });
  });

  test('nothing hangs over the edge at the width of a telephone, a tablet or a desk', async () => {
    for (const width of [360, 768, 1280])
      await opened({ viewport: { width, height: 900 } }, async (page) => {
        for (const language of ['en', 'ja']) {
          await page.locator(`label[for=show-${language}]`).click();
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, language);
          const charts = await page.evaluate<number[]>(
            `[...document.querySelectorAll('.plot')].map((e) => e.getBoundingClientRect().width).filter((w) => w > 0)`,
          );
          assert.equal(charts.length, 4, 'one drawing of each chart');
          for (const w of charts) assert.ok(w > Math.min(300, width - 40) && w <= width, `${w} of ${width}`);
        }
      });
  });

  test('text stands out from its ground by 4.5 to 1, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      await opened({ colorScheme, viewport: { width: 1280, height: 900 } }, async (page) => {
        const weak = await page.evaluate<string[]>(contrast);
        assert.deepEqual(weak, []);
      });
  });

  test('on paper: A4 pages, no switch, light ground', async () => {
    await opened({ colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      assert.equal(await page.locator('.languages').isVisible(), false);
      assert.equal(
        await page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`),
        'rgb(255, 255, 255)',
      );
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'))!;
      assert.ok(Math.abs(Number(box[1]) - 595) < 2 && Math.abs(Number(box[2]) - 842) < 2, box[0]);
    });
  });
});

/** Texts on the page whose contrast with what lies behind them (WCAG 2) is below 4.5. */
const contrast = `(() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, ground(element.parentElement));
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('legend')) continue;
    const style = getComputedStyle(element);
    const below = ground(element);
    const colour = over(rgba(element.closest('svg') ? style.fill : style.color), below);
    const [light, dark] = [luminance(colour), luminance(below)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) weak.push(walker.currentNode.data.trim() + ' ' + ratio.toFixed(2) + ' ' + element.className);
  }
  return weak;
})()`;

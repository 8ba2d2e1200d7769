import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { sweepHtml } from '../../../src/report/sweep/index.ts';
import { fixture, twoAxes } from './fixture.ts';

const nasty = '<script>alert(1)</script>';
const pages = {
  line: fixture({ axes: [{ name: nasty, values: ['0.05', '0.3', '2'] }] }),
  heat: fixture({ strategy: 'halving' }),
  scatter: fixture({
    axes: [...twoAxes, { name: 'temperature', values: ['0.1', 'averylongvaluewithoutanyplacetobreak'] }],
  }),
};

describe('page of a sweep in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-sweep-'));
  let browser: Browser;
  before(async () => {
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page offline; any other request, any message on the console and any error fails the test. */
  async function opened(name: keyof typeof pages, width: number, look: (page: Page) => Promise<void>): Promise<void> {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, sweepHtml(pages[name]));
    const address = pathToFileURL(file).href;
    const context = await browser.newContext({ offline: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const odd: string[] = [];
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

  for (const [name, charts] of [
    ['line', 2],
    ['heat', 0],
    ['scatter', 6],
  ] as const)
    test(`${name}: nothing hangs over the edge, one language and one drawing of each chart is shown`, async () => {
      for (const width of [360, 1280])
        await opened(name, width, async (page) => {
          for (const [language, other] of [
            ['en', 'ja'],
            ['ja', 'en'],
          ]) {
            await page.locator(`label[for=show-${language}]`).click();
            assert.equal(await page.locator(`.${other}:visible`).count(), 0);
            assert.ok((await page.locator(`.${language}:visible`).count()) > 30);
            assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${language} ${width}`);
            const drawn = await page.evaluate<number[]>(
              `[...document.querySelectorAll('.plot')].map((e) => e.getBoundingClientRect().width).filter((w) => w > 0)`,
            );
            assert.equal(drawn.length, charts, `${language} ${width}`);
            for (const w of drawn) assert.ok(w > 300 && w <= width, `${w} of ${width}`);
          }
        });
    });

  test('the border of the good cells is seen, and is not that of the others', async () => {
    await opened('heat', 1280, async (page) => {
      const border = (selector: string) =>
        page.evaluate<string[]>(
          `[...new Set([...document.querySelectorAll('${selector}')].map((e) => { const s = getComputedStyle(e); return s.borderTopStyle + ' ' + s.borderTopColor; }))]`,
        );
      const [good, ...more] = await border('.heat td.good');
      assert.deepEqual(more, []);
      assert.match(good, /^solid rgb\(/);
      assert.match((await border('.heat td.early'))[0], /^dashed/);
      assert.notEqual((await border('.heat td.early'))[0], good);
    });
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import { reportHtml } from '../../src/report/index.ts';
import { ablated, swept } from './fixture-variants.ts';
import { contrast, numbersShown, open } from './page-checks.ts';

const hycon = { name: 'hycon', values: ['0', '0.1', '1'] };
const pages = {
  ablation: ablated(),
  line: swept([hycon]),
  // Six columns: wider than a telephone.
  grid: swept([hycon, { name: 'floor', values: ['0', '0.2', '0.4', '0.5', '0.8', '1'] }]),
};

describe('variants of a method in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-variants-'));
  let browser: Browser;
  before(async () => {
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, result] of Object.entries(pages)) {
    const file = join(folder, `${name}.html`);
    const opened = (options: BrowserContextOptions, look: (page: Page) => Promise<void>) => {
      writeFileSync(file, reportHtml(result));
      return open(browser, pathToFileURL(file).href, options, look);
    };

    test(`${name}: nothing hangs over the edge, every number is that of the result`, async () => {
      for (const width of [360, 1280])
        await opened({ viewport: { width, height: 900 } }, async (page) => {
          for (const language of ['en', 'ja']) {
            await page.locator(`label[for=show-${language}]`).click();
            assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, language);
          }
          if (width === 360) await numbersShown(page, result);
        });
    });

    test(`${name}: text stands out from its ground, light and dark`, async () => {
      for (const colorScheme of ['light', 'dark'] as const)
        await opened({ colorScheme, viewport: { width: 1280, height: 900 } }, async (page) => {
          assert.deepEqual(await page.evaluate<string[]>(contrast), [], colorScheme);
        });
    });
  }
});

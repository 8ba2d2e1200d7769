import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { reportHtml } from '../../src/report/index.ts';
import { representFixture } from './fixture-represent.ts';
import { contrast, numbersShown, open } from './page-checks.ts';

const result = representFixture({ candidate: 'emargin-official-double', across: 'davies-bouldin' });

describe('report of a representation in a browser', () => {
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

  test('every number on the page equals the one in the result, rounded; every metric, dot count and file is there', async () => {
    await open(browser, address, {}, async (page) => {
      const paths = await numbersShown(page, result);
      for (const [i, arm] of result.arms.entries()) {
        for (const [metric, { value }] of Object.entries(arm.metrics))
          if (value !== null) assert.ok(paths.has(`/arms/${i}/metrics/${metric}/value`), `${arm.method} ${metric}`);
        if ((arm.alarm?.raised ?? 0) > 0) assert.ok(paths.has(`/arms/${i}/alarm/raised`), arm.method);
        for (const j of arm.thresholds.keys()) assert.ok(paths.has(`/arms/${i}/thresholds/${j}/trials`));
      }
      for (const [i, { metric, difference }] of result.comparisons.entries())
        if (difference !== null && !metric.includes('['))
          assert.ok(paths.has(`/comparisons/${i}/difference`), `comparison ${i}`);
      for (const i of result.data.series!.files.keys()) assert.ok(paths.has(`/data/series/files/${i}/rows`));
    });
  });

  test('nothing hangs over the edge, in both languages; each text is in one of them', async () => {
    for (const width of [360, 768, 1280])
      await open(browser, address, { viewport: { width, height: 900 } }, async (page) => {
        for (const [language, other] of [
          ['ja', 'en'],
          ['en', 'ja'],
        ]) {
          await page.locator(`label[for=show-${language}]`).click();
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, language);
          const visible = `[...document.querySelectorAll('.${other}')].filter((e) => e.checkVisibility()).length`;
          assert.equal(await page.evaluate(visible), 0);
          const charts = await page.evaluate<number>(
            `[...document.querySelectorAll('.plot')].filter((e) => e.getBoundingClientRect().width > 0).length`,
          );
          assert.equal(charts, 8, 'one drawing of each chart');
        }
      });
  });

  test('text stands out from its ground by 4.5 to 1, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      await open(browser, address, { colorScheme, viewport: { width: 1280, height: 900 } }, async (page) => {
        assert.deepEqual(await page.evaluate<string[]>(contrast), []);
      });
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import { reportHtml } from '../../src/report/index.ts';
import { fixture } from './fixture.ts';
import { contrast, numbersShown, open } from './page-checks.ts';

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

  const opened = (options: BrowserContextOptions, look: (page: Page) => Promise<void>) =>
    open(browser, address, options, look);

  test('every number on the page equals the one in the result, rounded', async () => {
    await opened({}, async (page) => {
      const paths = await numbersShown(page, result);
      assert.ok(paths.size > 500, `${paths.size} numbers`);
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
          assert.equal(charts.length, 7, 'one drawing of each chart');
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

/**
 * `node docs/picture.ts FOLDER` takes a picture of FOLDER/report.html for the README: docs/report.png, the first screens
 * at a width of 1200 pixels.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const folder = process.argv[2];
const report = resolve(join(folder ?? '', 'report.html'));
if (folder === undefined || !existsSync(report)) {
  console.error(`usage: node docs/picture.ts FOLDER, with a report.html in FOLDER (looked for ${report})`);
  process.exit(1);
}

const target = fileURLToPath(new URL('report.png', import.meta.url));
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'light', offline: true });
await page.goto(pathToFileURL(report).href);
// Down to the end of the recall chart: verdict, reasons, key figures and the classes.
const chart = await page.locator('#classes figure').boundingBox();
const height = chart === null ? 1600 : Math.ceil(chart.y + chart.height + 24);
await page.setViewportSize({ width: 1200, height });
await page.screenshot({ path: target });
await browser.close();
console.log(target);

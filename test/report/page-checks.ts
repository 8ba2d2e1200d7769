import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { resolve } from '../../src/report/pointer.ts';

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
  'tenths-difference': [1, 1],
};

/** Opens the file offline; any other request, any message on the console and any error fails the test. */
export async function open(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
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

/** Addresses of all numbers on the page; each must equal the one in the result, rounded as its format says. */
export async function numbersShown(page: Page, result: unknown): Promise<Set<string>> {
  const shown = await page.evaluate<[string, string, string, string][]>(
    `[...document.querySelectorAll('[data-path]')].map((e) => [e.dataset.path, e.dataset.value, e.dataset.format, e.textContent])`,
  );
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
  return new Set(shown.map(([path]) => path));
}

/** Texts on the page whose contrast with what lies behind them (WCAG 2) is below 4.5. */
export const contrast = `(() => {
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

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brightness, decodePicture, pictureHeader } from '../../../src/data/pictures/decode.ts';

interface Stored {
  name: string;
  file: string;
  own: [number, number];
  size: [number, number];
  within: number;
  rgb: number[];
}
const { files, bad } = JSON.parse(readFileSync(new URL('reference/pictures.json', import.meta.url), 'utf8')) as {
  files: Stored[];
  bad: { name: string; file: string }[];
};
const bytesOf = ({ file }: { file: string }) => Buffer.from(file, 'base64');

for (const stored of files)
  test(`${stored.name}: the pixels that Pillow reads`, async () => {
    assert.deepEqual((await pictureHeader(bytesOf(stored))).size, stored.own);
    const rgb = await decodePicture(bytesOf(stored), stored.size);
    assert.equal(rgb.length, stored.rgb.length);
    const worst = stored.rgb.reduce((most, value, i) => Math.max(most, Math.abs(value - rgb[i])), 0);
    assert.ok(worst <= stored.within, `off by ${worst}`);
  });

test('heads: colour, transparency, depth, turns, frames', async () => {
  const heads = new Map<string, Awaited<ReturnType<typeof pictureHeader>>>();
  for (const stored of files) heads.set(stored.name, await pictureHeader(bytesOf(stored)));
  const names = (test: (name: string) => boolean) => files.map(({ name }) => name).filter(test);
  assert.deepEqual(
    names((name) => heads.get(name)!.alpha),
    ['rgba.png', 'la.png'],
  );
  assert.deepEqual(
    names((name) => heads.get(name)!.deep),
    ['grey16.png', 'grey16.tif'],
  );
  assert.deepEqual(
    names((name) => heads.get(name)!.frames > 1),
    ['frames.gif', 'frames.webp', 'pages.tif'],
  );
  assert.equal(names((name) => heads.get(name)!.turned).length, 7);
  assert.deepEqual(
    ['grey.png', 'grey16.png', 'la.png', 'grey.jpg', 'rgb.png', 'colour.jpg', 'palette.png'].map(
      (name) => heads.get(name)!.colour,
    ),
    [false, false, false, false, true, true, true],
  );
});

for (const stored of bad)
  test(`${stored.name}: refused`, async () => {
    await assert.rejects(async () => {
      const { size } = await pictureHeader(bytesOf(stored));
      await decodePicture(bytesOf(stored), size);
    });
  });

test('brightness: the weights of BT.601, whole numbers, grey stays as it is', () => {
  assert.deepEqual([brightness(255, 0, 0), brightness(0, 255, 0), brightness(0, 0, 255)], [76, 150, 29]);
  for (let value = 0; value < 256; value++) assert.equal(brightness(value, value, value), value);
});

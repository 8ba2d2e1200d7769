import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const folder = join(import.meta.dirname, '../examples');

for (const file of readdirSync(folder))
  test(`example ${file} runs`, async () => {
    const args = ['--conditions=evenhand-source', join(folder, file)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    assert.match(stdout, /allnc against cross-entropy: inconclusive\ncross-entropy 0\.\d{3}\nallnc 0\.\d{3}/);
  });

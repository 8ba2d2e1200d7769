#!/usr/bin/env node
// Plain JavaScript, so that an old Node answers with a sentence and not with a syntax error.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`evenhand: needs Node 22.18 or newer, this is ${process.version}. See https://nodejs.org`);
  process.exit(1);
}
// A checkout runs its sources as they stand; the published package has only dist.
const source = new URL('../src/cli/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);

/**
 * `node scripts/browser.ts` makes what a browser loads, in dist: browser.js, one file that holds src/browser.ts and all that
 * it needs, and the runtime's WebAssembly beside it, where browser.js looks for it.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The runtime's WebAssembly file, of the same version as its JavaScript in the bundle. */
export const wasmFile: string = fileURLToPath(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));

/** src/browser.ts, or another entry, as one ES module. @throws Error when something in it needs Node */
export async function bundleBrowser(entry: URL = new URL('../src/browser.ts', import.meta.url)): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'eof',
    logLevel: 'silent',
    write: false,
  });
  return outputFiles[0].text;
}

if (import.meta.main) {
  const folder = fileURLToPath(new URL('../dist/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}browser.js`, await bundleBrowser());
  copyFileSync(wasmFile, `${folder}${basename(wasmFile)}`);
  console.log(`${folder}browser.js, ${basename(wasmFile)} (${(readFileSync(wasmFile).length / 1e6).toFixed(1)} MB)`);
}

import { env } from '#onnxruntime';

// More threads would need a page with cross-origin isolation; small nets gain nothing by them.
env.wasm.numThreads = 1;

/**
 * Says where a browser finds the runtime's file `ort-wasm-simd-threaded.wasm`: an address, relative to the page or the
 * worker. Without this call it lies beside `browser.js`. Only before the first model is loaded.
 */
export function locateWasm(address: string | URL): void {
  const { location } = globalThis as { location?: { href: string } };
  env.wasm.wasmPaths = { wasm: new URL(address, location?.href) };
}

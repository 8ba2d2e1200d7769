/**
 * Evenhand in the browser: exported models, and training on a small scale. One file (`dist/browser.js`), with the runtime's
 * `ort-wasm-simd-threaded.wasm` beside it; nothing is fetched but that file.
 *
 * ```ts
 * import { openModel } from 'evenhand/browser';
 * const model = await openModel(new Uint8Array(await file.arrayBuffer()));
 * const [first] = await model.predict({ force: [3.1], mould: ['A'] });
 * console.log(model.classes, first);
 * ```
 *
 * Work is done on the thread that asks: what takes longer than a moment belongs in a Web Worker.
 */
export * from './engine.ts';
export { locateWasm } from './runtime/wasm.ts';

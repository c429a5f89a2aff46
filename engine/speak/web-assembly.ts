/** The part of WebAssembly used here, typed by itself: the browser's types are not loaded outside the renderer. */
export type WasmModule = object;
export type WasmImports = Readonly<Record<string, Readonly<Record<string, (...values: never[]) => unknown>>>>;
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WebAssemblyInterface {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: WasmImports): Promise<WasmInstance>;
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;

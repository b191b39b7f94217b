import { fileURLToPath } from 'node:url';
import { crx } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { parsedAbis } from './build/parsedAbis.ts';
import { staticImports } from './build/staticImports.ts';
import manifest from './manifest.json' with { type: 'json' };

const nativeApi = fileURLToPath(new URL('./src/messaging/nativeApi.ts', import.meta.url));

export default defineConfig({
  resolve: { alias: { 'webextension-polyfill': nativeApi } },
  plugins: [staticImports(), parsedAbis(), preact(), crx({ manifest })],
  build: {
    target: 'esnext',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { popup: 'src/popup/index.html' }, output: { codeSplitting: false } },
  },
});

import { fileURLToPath } from 'node:url';
import { crx } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

const nativeApi = fileURLToPath(new URL('./src/messaging/nativeApi.ts', import.meta.url));

const dynamicImport = /const \{ ([\w$, ]+) \} = await import\(('[^']+')\);/g;

/**
 * Makes viem's dynamic imports static. A service worker can't load code later, and a module that is loaded later keeps
 * all that it reaches in the bundle, used or not.
 */
const staticImports: Plugin = {
  name: 'static-imports',
  enforce: 'pre',
  transform: {
    filter: { id: /\/node_modules\/viem\/_esm\//, code: 'await import(' },
    handler: (code) => {
      const imports: string[] = [];
      const body = code.replace(dynamicImport, (_all, names: string, source: string) => {
        imports.push(`import { ${names} } from ${source};`);
        return '';
      });
      return imports.length === 0 ? undefined : { code: [...imports, body].join('\n'), map: null };
    },
  },
};

export default defineConfig({
  resolve: { alias: { 'webextension-polyfill': nativeApi } },
  plugins: [staticImports, preact(), crx({ manifest })],
  build: {
    target: 'esnext',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { popup: 'src/popup/index.html' }, output: { codeSplitting: false } },
  },
});

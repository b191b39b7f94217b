import type { Plugin } from 'vite';

const dynamicImport = /const \{ ([\w$, ]+) \} = await import\(('[^']+')\);/g;

/**
 * Makes viem's dynamic imports static. A service worker can't load code later, and a module that is loaded later keeps
 * all that it reaches in the bundle, used or not.
 */
export const staticImports = (): Plugin => ({
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
});

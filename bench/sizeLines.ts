import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { Line } from './report';

const kilobyte = 1_024;
const targets = { all: 120, pageSide: 8 };
const pageSide = ['src/content/', 'src/inpage/'];

/** Sizes of the built extension's scripts, compressed one by one; none when it isn't built. */
export async function sizeLines(dist: string): Promise<readonly Line[]> {
  if (!existsSync(dist)) return [];
  const names = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
  const sizes = await Promise.all(
    names.map(async (name) => [name, await compressed(join(dist, name))] as const),
  );
  const sum = (list: typeof sizes) => list.reduce((total, [, size]) => total + size, 0) / kilobyte;
  const onPages = sizes.filter(([name]) => pageSide.some((folder) => name.startsWith(folder)));
  return [
    {
      name: 'all extension JavaScript, gzip',
      value: sum(sizes),
      unit: 'KB',
      target: targets.all,
      reference: (await referenceSize()) / kilobyte,
    },
    {
      name: 'of it in every page (content + inpage), gzip',
      value: sum(onPages),
      unit: 'KB',
      target: targets.pageSide,
    },
  ];
}

async function compressed(path: string): Promise<number> {
  return gzipSync(await readFile(path), { level: 9 }).length;
}

const entry = 'virtual:reference-client';
/** What a dapp needs of the reference client to prepare and use a permission. */
const source = `export { createMeeClient, toMultichainNexusAccount, meeSessionActions } from '@biconomy/abstractjs';`;

/** Size of the reference client alone, bundled the same way. */
async function referenceSize(): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'reference-client',
        resolveId: (id) => (id === entry ? `\0${entry}` : undefined),
        load: (id) => (id === `\0${entry}` ? source : undefined),
      },
    ],
    build: {
      write: false,
      target: 'esnext',
      minify: true,
      rollupOptions: { input: entry, output: { codeSplitting: false }, preserveEntrySignatures: 'strict' },
    },
  });
  const outputs = Array.isArray(result)
    ? result.flatMap(({ output }) => output)
    : 'output' in result
      ? result.output
      : [];
  return outputs.reduce(
    (sum, part) => sum + (part.type === 'chunk' ? gzipSync(part.code, { level: 9 }).length : 0),
    0,
  );
}

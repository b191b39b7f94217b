import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
const sources = [
  'src',
  'public',
  'build',
  'manifest.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
];
const run = promisify(execFile);

/** Copies the sources to a new folder, beside the installed packages, and builds them there. */
const buildIn = async (folder: string): Promise<Record<string, string>> => {
  await mkdir(folder, { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await Promise.all(sources.map((name) => cp(join(root, name), join(folder, name), { recursive: true })));
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: folder });
  return hashesOf(join(folder, 'dist'));
};

/** SHA-256 of every file below a folder, by name. */
const hashesOf = async (folder: string): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
  const hash = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await hash(path)] as const)),
  );
};

test('the same sources built in two places give the same files', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'latchkey-build-'));
  try {
    const [first, second] = await Promise.all([
      buildIn(join(parent, 'one')),
      buildIn(join(parent, 'another/deeper place')),
    ]);
    expect(Object.keys(first)).toContain('manifest.json');
    expect(second).toEqual(first);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Dependencies = Record<string, string>;
type Package = { dependencies: Dependencies; devDependencies: Dependencies };
type Locked = { version?: string; resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean };

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const { dependencies, devDependencies }: Package = JSON.parse(read('package.json'));
const { packages }: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));
const all = { ...dependencies, ...devDependencies };

describe('package.json', () => {
  it('names every version exactly', () => {
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('names the versions that are locked', () => {
    const locked = Object.keys(all).map((name) => [name, packages[`node_modules/${name}`]?.version]);
    expect(Object.fromEntries(locked)).toEqual(all);
  });

  it('has no runtime dependency that docs/security.md does not explain', () => {
    const explained = [...read('docs/security.md').matchAll(/^\| `([^`/]+)` \|/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });
});

describe('the lock file', () => {
  it('has the hash of every package that is fetched', () => {
    const fetched = Object.entries(packages).filter(
      ([name, { link, inBundle }]) => name && !link && !inBundle,
    );
    expect(fetched.length).toBeGreaterThan(100);
    expect(
      fetched.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([name]) => name),
    ).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { dist } from '../fixtures';

const pages = ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'];
const kilobyte = 1_024;

const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(dist.length + 1));
const read = (name: string) => readFileSync(join(dist, name), 'utf8');
const scripts = files.filter((name) => name.endsWith('.js'));
const html = files.filter((name) => name.endsWith('.html'));

/** Names of the files that a pattern is found in. */
const filesWith = (names: readonly string[], pattern: RegExp) =>
  names.filter((name) => pattern.test(read(name)));

const gzipped = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0) / kilobyte;

test('the manifest has the expected fields and no other', () => {
  expect(Object.keys(manifest).toSorted()).toEqual([
    'action',
    'background',
    'content_scripts',
    'content_security_policy',
    'description',
    'icons',
    'incognito',
    'manifest_version',
    'minimum_chrome_version',
    'name',
    'permissions',
    'version',
  ]);
  expect(manifest.manifest_version).toBe(3);
});

test('the extension may keep data and set alarms, and nothing else', () => {
  expect(manifest.permissions).toEqual(['storage', 'alarms']);
  expect(manifest).not.toHaveProperty('optional_permissions');
  expect(manifest).not.toHaveProperty('host_permissions');
  expect(manifest).not.toHaveProperty('optional_host_permissions');
});

test('no page can frame, load or message the extension', () => {
  expect(manifest).not.toHaveProperty('web_accessible_resources');
  expect(manifest).not.toHaveProperty('externally_connectable');
  expect(manifest).not.toHaveProperty('sandbox');
});

test('the content security policy forbids frames, remote code and eval', () => {
  expect(manifest.content_security_policy).toEqual({
    extension_pages: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      'connect-src http: https:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  });
});

test('content scripts run in the top frame of https pages and of this machine only', () => {
  expect(manifest.content_scripts).toEqual([
    { js: ['src/content/bridge.iife.js'], matches: pages, run_at: 'document_start', all_frames: false },
    {
      js: ['src/inpage/provider.iife.js'],
      matches: pages,
      run_at: 'document_start',
      all_frames: false,
      world: 'MAIN',
    },
  ]);
});

test('all code is in the package', () => {
  expect(filesWith(scripts, /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]/)).toEqual([]);
  expect(filesWith(scripts, /\bimport\s*\(|\bimportScripts\s*\(/)).toEqual([]);
  expect(filesWith(scripts, /\b(?:from|import)\s*["'`](?:\w+:|\/\/)/)).toEqual([]);
  expect(filesWith(scripts, /\bWebAssembly\b|\bnew\s+(?:Shared)?Worker\b/)).toEqual([]);
});

test('the page of the extension loads its own files and has no script in line', () => {
  expect(html).toEqual(['src/popup/index.html']);
  for (const name of html) {
    const loaded = [...read(name).matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((url) => !url?.startsWith('/assets/'))).toEqual([]);
    expect(read(name)).not.toMatch(/<script(?![^>]*\bsrc=)|\bon\w+\s*=|<iframe|<style/);
  }
});

test('nothing but scripts, one page, one style sheet and icons is packed', () => {
  const others = files.filter((name) => !/\.js$|^src\/popup\/index\.html$|^icons\/|\.css$/.test(name));
  expect(others).toEqual(['manifest.json']);
});

test('the scripts stay small', () => {
  expect(gzipped(scripts)).toBeLessThan(160);
  const inPages = ['src/content/bridge.iife.js', 'src/inpage/provider.iife.js'];
  expect(gzipped(inPages)).toBeLessThan(5);
});

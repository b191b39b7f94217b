import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { chromium } from '@playwright/test';
import * as v from 'valibot';
import { type Extension, extensionFlags, extensionIn, findBrowser } from '../../browser';
import { dist } from '../../fixtures';

/** A Chromium with the extension that stops an idle worker: it doesn't while a debugger, as the test driver is, holds it. */
export type FreeBrowser = {
  /** Does work through the test driver, which lets go again at the end. */
  held<Result>(work: (extension: Extension) => Promise<Result>): Promise<Result>;
  /** Opens a tab that the test driver doesn't hold. */
  open(url: string): Promise<void>;
  /** Ids of the running workers. Another run has another id. Asking keeps none of them awake. */
  workers(): Promise<string[]>;
  /** What every console was told so far, by scripts and by the browser itself. */
  consoleLines(): string[];
  stop(): Promise<void>;
};

const flags = ['--headless=new', '--remote-debugging-port=0', '--enable-logging=stderr', 'about:blank'];
const listeningForm = /^DevTools listening on ws:\/\/([^/]+)\//;
const consoleForm = /:CONSOLE[:(]\d+\)?\] (.*)$/;
const targetsSchema = v.array(v.object({ id: v.string(), type: v.string() }));

const addressOf = (browser: ChildProcess, lines: Interface): Promise<string> =>
  new Promise((resolve, reject) => {
    browser.once('error', reject);
    browser.once('exit', (code) => reject(new Error(`The browser ended with ${code}.`)));
    lines.on('line', (line) => {
      const host = listeningForm.exec(line)?.[1];
      if (host !== undefined) resolve(`http://${host}`);
    });
  });

const targetsAt = async (address: string) => {
  const answer = await fetch(`${address}/json/list`);
  return v.parse(targetsSchema, await answer.json());
};

const hold = async <Result>(
  address: string,
  work: (extension: Extension) => Promise<Result>,
): Promise<Result> => {
  const browser = await chromium.connectOverCDP(address);
  const close = () => browser.close();
  try {
    const [context] = browser.contexts();
    if (!context) throw new Error('The browser has no profile.');
    return await work({ ...(await extensionIn(context)), close });
  } finally {
    await close();
  }
};

export const startFreeBrowser = async (): Promise<FreeBrowser> => {
  const profile = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const all = [...extensionFlags(dist), `--user-data-dir=${profile}`, ...flags];
  const browser = spawn(findBrowser(), all, { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => browser.kill();
  // Its helpers hold the same stderr, and write to the profile until they are gone too.
  const ended = new Promise((resolve) => browser.once('close', resolve));
  process.once('exit', end);
  const lines = createInterface(browser.stderr);
  const said: string[] = [];
  lines.on('line', (line) => {
    const text = consoleForm.exec(line)?.[1];
    if (text !== undefined) said.push(text);
  });
  const address = await addressOf(browser, lines);
  return {
    held: (work) => hold(address, work),
    open: async (url) => {
      const { ok } = await fetch(`${address}/json/new?${encodeURIComponent(url)}`, { method: 'PUT' });
      if (!ok) throw new Error(`No tab was opened for ${url}.`);
    },
    workers: async () =>
      (await targetsAt(address)).filter(({ type }) => type === 'service_worker').map(({ id }) => id),
    consoleLines: () => [...said],
    stop: async () => {
      end();
      await ended;
      process.off('exit', end);
      rmSync(profile, { recursive: true, force: true });
    },
  };
};

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Worker } from '@playwright/test';

const debianChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Thrown when no Chromium is found that can load an unpacked extension. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';

  constructor() {
    super(
      [
        'No Chromium was found.',
        'Install one with `sudo apt-get install chromium` or `npx playwright install chromium`,',
        'or name one with CHROMIUM=/path/to/chromium.',
        'Branded Chrome does not load unpacked extensions from the command line.',
      ].join(' '),
    );
  }
}

/** Path of a Chromium: CHROMIUM when set, then Debian's, then the one that Playwright installed. */
export const findBrowser = (): string => {
  const named = process.env.CHROMIUM;
  const candidates = named ? [named] : [...debianChromium, chromium.executablePath()];
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new NoBrowserError();
  return found;
};

export type Extension = {
  context: BrowserContext;
  worker: Worker;
  /** `chrome-extension://<id>/src/popup/index.html` */
  popupUrl: string;
  close(): Promise<void>;
};

/** What Chromium is started with so that the built extension runs and nothing else calls out. */
export const extensionFlags = (dist: string): readonly string[] => [
  `--load-extension=${dist}`,
  `--disable-extensions-except=${dist}`,
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The extension in a browser that the test driver holds, once its worker runs. */
export const extensionIn = async (context: BrowserContext): Promise<Omit<Extension, 'close'>> => {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return { context, worker, popupUrl: new URL('src/popup/index.html', worker.url()).href };
};

/** Starts Chromium with the built extension and an empty profile (or `profile`, which then outlives the browser). */
export const launchExtension = async (options: {
  dist: string;
  headless: boolean;
  profile?: string;
  /** Lets documents go into the back/forward cache, which the test driver turns off by default. */
  backForwardCache?: boolean;
  /** Displays from left to right, such as `{1600x900}{1024x768}`. */
  screens?: string;
}): Promise<Extension> => {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'latchkey-'));
  const context = await chromium.launchPersistentContext(profile, {
    headless: options.headless,
    executablePath: findBrowser(),
    viewport: null,
    ignoreDefaultArgs: options.backForwardCache ? ['--disable-back-forward-cache'] : [],
    args: [...extensionFlags(options.dist), ...(options.screens ? [`--screen-info=${options.screens}`] : [])],
  });
  return {
    ...(await extensionIn(context)),
    close: async () => {
      await context.close();
      if (!options.profile) rmSync(profile, { recursive: true, force: true });
    },
  };
};

import browser from 'webextension-polyfill';
import { createChangeTeller } from '../messaging/changes';
import { servePorts } from '../messaging/portServer';
import { openStorage } from '../storage/index';
import { type Background, createBackground } from './background';
import { createKeepAlive, createSessionArea, setLockAlarm, setWake, systemRandom } from './browserParts';
import { toRpcError } from './errors/toRpcError';
import { systemClock } from './journal/clock';
import { browserPages } from './ownPages';

const memory = createSessionArea();
const keepAlive = createKeepAlive();
const notifyPopups = createChangeTeller();
const report = (error: unknown): void => console.error(error);

const start = async (): Promise<Background> => {
  const background = createBackground({
    storage: await openStorage(),
    memory,
    pages: browserPages,
    fetch: (input, init) => fetch(input, init),
    clock: systemClock,
    random: systemRandom,
    version: browser.runtime.getManifest().version,
    keepAlive,
    setWake,
    setLockAlarm,
    notifyPopups,
    emitAccounts: (origin, accounts) => server.emitToOrigin(origin, 'accountsChanged', accounts),
    report,
  });
  await background.start();
  notifyPopups();
  background.clearOut().catch(report);
  background.wake().catch(report);
  return background;
};

let starting: Promise<Background> | undefined;

/** The background once it has loaded; a start that failed is tried again by the next call. */
const ready = async (): Promise<Background> => {
  starting ??= start();
  try {
    return await starting;
  } catch (error) {
    starting = undefined;
    throw toRpcError(error);
  }
};

const server = servePorts({
  onDappRequest: async (request, { origin }, gone) => (await ready()).onDappRequest(request, origin, gone),
  onPopupRequest: async (request) => (await ready()).onPopupRequest(request),
});

browser.tabs.onRemoved.addListener((tabId) => {
  ready()
    .then((background) => background.tabClosed(tabId))
    .catch(report);
});

browser.runtime.onStartup.addListener(() => {
  // The worker is started for this; what was under way goes on below.
});

browser.alarms.onAlarm.addListener(() => {
  ready()
    .then((background) => background.wake())
    .catch(report);
});

ready().catch(report);

import { bytesToBigInt, bytesToHex } from 'viem';
import browser from 'webextension-polyfill';
import type { SessionArea } from '../vault/index';
import type { Random } from './background';

const pingMs = 20_000;
const wakeAlarm = 'latchkey.wake';
const wakeMinutes = 0.5;
const lockAlarm = 'latchkey.lock';

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

export const systemRandom: Random = {
  hint: () => bytesToBigInt(randomBytes(3)),
  salt: () => bytesToHex(randomBytes(32)),
  id: () => crypto.randomUUID(),
};

/** `storage.session`, kept from content scripts. */
export const createSessionArea = (): SessionArea => {
  const area = chrome.storage.session;
  const closed = area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  return {
    get: async (key) => {
      await closed;
      return (await area.get(key))[key];
    },
    set: async (key, value) => {
      await closed;
      await area.set({ [key]: value });
    },
    remove: (key) => area.remove(key),
  };
};

/** Calls of the extension API put off the idle stop of the worker, for as long as any work runs. */
export const createKeepAlive = () => {
  let working = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    working += 1;
    timer ??= setInterval(() => void browser.runtime.getPlatformInfo(), pingMs);
    try {
      return await work();
    } finally {
      working -= 1;
      if (working === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    }
  };
};

/** The alarm that wakes a stopped worker as long as requests are open. */
export const setWake = async (on: boolean): Promise<void> => {
  if (on) browser.alarms.create(wakeAlarm, { periodInMinutes: wakeMinutes });
  else await browser.alarms.clear(wakeAlarm);
};

/** The alarm that wakes a stopped worker when the vault is to lock itself. */
export const setLockAlarm = async (deadline: number | undefined): Promise<void> => {
  if (deadline === undefined) await browser.alarms.clear(lockAlarm);
  else browser.alarms.create(lockAlarm, { when: deadline * 1000 });
};

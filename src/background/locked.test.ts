import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHarness, password } from './testing/harness';

/** Making and opening a vault is slow on purpose. */
vi.setConfig({ testTimeout: 30_000 });

const dapp = 'https://dapp.example';
const other = 'https://other.example';
const account = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const foreign = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';

let background: Awaited<ReturnType<typeof createHarness>>;

/** No network: nothing here may need one. */
const noNetwork: typeof fetch = () => Promise.reject(new TypeError('no network'));

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  background = await createHarness({ fetch: noNetwork });
  await background.popup('createVault', { password });
});

afterEach(() => {
  background.stop();
  expect(background.defects).toEqual([]);
});

const waiting = async (count: number): Promise<void> => {
  for (;;) {
    const change = background.changed();
    if ((await background.popup('getState')).waiting === count) return;
    await change;
  }
};

describe('the prompt to unlock', () => {
  beforeEach(async () => {
    await background.popup('lock');
  });

  /** A connection that waits for the unlock. */
  const connecting = async (origin = dapp, count = 1) => {
    const answer = background.dapp(origin, 'eth_requestAccounts');
    await waiting(count);
    await expect.poll(() => background.pages.open.size).toBe(1);
    return { answer };
  };

  it('that is dismissed rejects its request, and comes back with the next one', async () => {
    for (const times of [1, 2, 3]) {
      const { answer } = await connecting();
      expect(background.pages.routes).toHaveLength(times);
      await background.closeReview();
      await expect(answer).rejects.toMatchObject({ code: 4001, data: { reason: 'REVIEW_CLOSED' } });
    }
  });

  it('stays with its request through wrong passwords', async () => {
    await connecting();
    for (let wrong = 0; wrong < 3; wrong += 1) {
      await expect(background.popup('unlock', { password: 'not the password' })).rejects.toMatchObject({
        data: { reason: 'WRONG_PASSWORD' },
      });
    }
    await waiting(1);
    expect(background.pages.open.size).toBe(1);
  });

  it('is one for all sites', async () => {
    await connecting();
    await connecting(other, 2);
    expect(background.pages.routes).toHaveLength(1);
  });
});

describe('a page', () => {
  it('changes no chain and no account, whatever method it tries, and each call is answered', async () => {
    const before = await background.popup('getState');
    const calls: [string, unknown][] = [
      ['wallet_switchEthereumChain', [{ chainId: '0xa' }]],
      ['wallet_switchEthereumChain', [{ chainId: '0x2105' }]],
      ['wallet_addEthereumChain', [{ chainId: '0xa' }]],
      ['wallet_requestPermissions', [{ eth_accounts: {} }]],
      ['eth_sendTransaction', [{ from: foreign, to: foreign }]],
      ['personal_sign', ['0x00', foreign]],
      ['eth_signTypedData_v4', [foreign, '{}']],
    ];
    const answers = await Promise.allSettled(
      calls.map(([method, params]) => background.raw(dapp, method, params)),
    );
    for (const answer of answers) expect(answer).toMatchObject({ reason: { code: 4200 } });
    expect(await background.popup('getState')).toEqual(before);
    expect(background.pages.routes).toEqual([]);
    expect(background.accounts).toEqual([]);
  });

  it('learns nothing of an account that it names', async () => {
    const asked = (from: string) =>
      background.raw(dapp, 'latchkey_use', [{ requestId: 'u', from, instructions: [] }]).catch((error) => ({
        ...error.toJSON(),
      }));
    expect(await asked(account)).toEqual(await asked(foreign));
    expect(await background.dapp(dapp, 'eth_accounts')).toEqual([]);
  });
});

describe('settings', () => {
  it('are neither told nor changed while locked: they hold the key of the node', async () => {
    const settings = await background.popup('getSettings');
    await background.popup('lock');
    const denied = { code: 4100, data: { reason: 'LOCKED' } };
    await expect(background.popup('getSettings')).rejects.toMatchObject(denied);
    await expect(background.popup('saveSettings', settings)).rejects.toMatchObject(denied);
    await background.popup('unlock', { password });
    expect(await background.popup('getSettings')).toEqual(settings);
  });
});

describe('settings that can not be read', () => {
  beforeEach(async () => {
    const database = await openDB('latchkey');
    const [key] = await database.getAllKeys('settings');
    await database.put('settings', { nodeUrl: 1 }, key);
    database.close();
    await background.restart();
  });

  it('leave the extension open to mend them, ask no network, and are not overwritten', async () => {
    expect((await background.popup('getState')).vault).toBe('unlocked');
    await expect(background.dapp(dapp, 'latchkey_getInfo')).rejects.toMatchObject({
      data: { reason: 'SETTINGS_UNREADABLE' },
    });
    const { nodeUrl, networks } = await background.popup('getSettings');
    await background.popup('saveSettings', { nodeUrl, networks });
    expect(await background.dapp(dapp, 'latchkey_getInfo')).toHaveProperty('chains');
  });
});

describe('a vault that can not be read', () => {
  /** What the extension's database holds under a name of its vault, gone. */
  const removeHeader = async (): Promise<void> => {
    const database = await openDB('latchkey');
    await database.delete('vault', 'header');
    database.close();
  };

  it('is damaged and no missing vault: nobody is asked to make a new one', async () => {
    await removeHeader();
    await background.restart();
    for (const call of [
      () => background.popup('getState'),
      () => background.popup('createVault', { password }),
      () => background.popup('unlock', { password }),
    ]) {
      await expect(call()).rejects.toMatchObject({ data: { reason: 'DAMAGED' } });
    }
    for (const defect of background.defects.splice(0)) expect(defect).toMatchObject({ code: 'DAMAGED' });
  });

  it('is tried again after a read that failed', async () => {
    const read = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementationOnce(() => {
      throw new DOMException('no', 'UnknownError');
    });
    await expect(background.popup('getState')).rejects.toMatchObject({
      data: { reason: 'STORAGE_UNAVAILABLE' },
    });
    read.mockRestore();
    expect((await background.popup('getState')).vault).toBe('unlocked');
  });
});

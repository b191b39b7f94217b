import { describe, expect, it } from 'vitest';
import type { SettingsTable } from '../storage/storage';
import { createSettings, defaultSettings } from './settings';

const tableWith = (stored: unknown) => {
  let value = stored;
  const table: SettingsTable = {
    get: async () => value,
    put: async (next) => {
      value = next;
    },
  };
  return table;
};

const own = {
  nodeUrl: 'http://127.0.0.1:3000/v1',
  networks: [{ chainId: 31337, name: 'Local', rpcUrl: 'http://127.0.0.1:8545', nativeSymbol: 'ETH' }],
};

describe('settings', () => {
  it('are the defaults until there are own ones', async () => {
    const table = tableWith(undefined);
    const settings = createSettings(table);
    expect(await settings.get()).toBe(defaultSettings);
    expect(defaultSettings.networks.map(({ chainId }) => chainId)).toEqual([8453, 10]);
    await settings.save(own);
    expect(await settings.get()).toEqual(own);
    expect(await createSettings(table).get()).toEqual(own);
  });

  it('that can not be read are shown as the defaults, and nothing works by them until they are saved', async () => {
    const settings = createSettings(tableWith({ ...own, nodeUrl: 'ftp://x' }));
    expect(await settings.forPerson()).toBe(defaultSettings);
    await expect(settings.get()).rejects.toMatchObject({ data: { reason: 'SETTINGS_UNREADABLE' } });
    await settings.save(own);
    expect(await settings.get()).toEqual(own);
  });

  it('may not name a chain twice', async () => {
    const settings = createSettings(tableWith(own));
    const twice = { ...own, networks: [...own.networks, ...own.networks] };
    await expect(settings.save(twice)).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'CHAIN_TWICE' },
    });
    expect(await settings.get()).toEqual(own);
  });
});

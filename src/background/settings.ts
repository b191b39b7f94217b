import * as v from 'valibot';
import { type Settings, settingsSchema } from '../rpc/popup/procedures';
import type { SettingsTable } from '../storage/storage';
import { invalidParams, unavailable } from './errors/rpcErrors';

/** What the companion starts with: two public chains and the public MEE node. */
export const defaultSettings: Settings = {
  nodeUrl: 'https://network.biconomy.io/v1',
  networks: [
    { chainId: 8453, name: 'Base', rpcUrl: 'https://mainnet.base.org', nativeSymbol: 'ETH' },
    { chainId: 10, name: 'OP Mainnet', rpcUrl: 'https://mainnet.optimism.io', nativeSymbol: 'ETH' },
  ],
};

const chainTwice = (chainId: number) =>
  invalidParams({
    reason: 'CHAIN_TWICE',
    message: `Chain ${chainId} is listed twice.`,
    action: 'Keep one entry per chain.',
    details: { chainId },
  });

const notReadable = () =>
  unavailable({
    reason: 'SETTINGS_UNREADABLE',
    message: "The settings can't be read, so no node and no chain is asked.",
    action: 'Open the settings, check node and networks, and save them.',
  });

/** The person's settings, or the defaults as long as there are none. */
export const createSettings = (table: SettingsTable) => {
  let cached: Settings | undefined;
  let unreadable = false;
  const forPerson = async (): Promise<Settings> => {
    if (cached) return cached;
    const stored = await table.get();
    const parsed = v.safeParse(settingsSchema, stored);
    unreadable = stored !== undefined && !parsed.success;
    cached = parsed.success ? parsed.output : defaultSettings;
    return cached;
  };
  return {
    /** What to work by. @throws RpcError SETTINGS_UNREADABLE: defaults would send elsewhere what was kept from there */
    get: async (): Promise<Settings> => {
      const settings = await forPerson();
      if (unreadable) throw notReadable();
      return settings;
    },
    /** What to show: the defaults also in the place of what can't be read. */
    forPerson,
    /** Adds what the companion makes itself. What is stored but can't be read is left as it is. */
    complete: async (made: Pick<Settings, 'mark'>): Promise<void> => {
      cached = { ...(await forPerson()), ...made };
      if (!unreadable) await table.put(cached);
    },
    save: async (settings: Settings): Promise<Settings> => {
      const ids = settings.networks.map((network) => network.chainId);
      const twice = ids.find((chainId, index) => ids.indexOf(chainId) !== index);
      if (twice !== undefined) throw chainTwice(twice);
      await table.put(settings);
      cached = settings;
      unreadable = false;
      return settings;
    },
  };
};

export type SettingsStore = ReturnType<typeof createSettings>;

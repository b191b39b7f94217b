import type { SettingsStore } from '../settings';
import type { Handler } from './handler';

/** `latchkey_getInfo`: version and configured chains. */
export const createGetInfo =
  ({ settings, version }: { settings: SettingsStore; version: string }): Handler<'latchkey_getInfo'> =>
  async () => {
    const { networks } = await settings.get();
    return { version, chains: networks.map(({ chainId, name }) => ({ chainId, name })) };
  };

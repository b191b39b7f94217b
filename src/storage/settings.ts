import type { Connection } from './connection';
import type { SettingsTable } from './storage';
import { read, write } from './transaction';

const key = 'settings';

export const createSettingsTable = (connection: Connection): SettingsTable => ({
  get: () => read(connection, 'settings', async (store): Promise<unknown> => store.get(key)),
  put: (value) =>
    write(connection, 'settings', async (store) => {
      await store.put(value, key);
    }),
});

import { openStorage } from '../storage';
import type { VaultStore } from '../storage/vaultStore';
import type { KdfCost } from './kdf';
import { createVault } from './service';
import type { SessionArea, Vault } from './vault';

export const password = 'correct horse battery staple';

/** So cheap that a test may derive many keys. */
export const cheap: KdfCost = { iterations: 1_000, lowest: 1_000 };

/** The session area of one browser run: text only, gone with the browser, not with the worker. */
export const createSessionArea = (): SessionArea & { values: Map<string, string> } => {
  const values = new Map<string, string>();
  return {
    values,
    get: async (key) => values.get(key),
    set: async (key, value) => {
      values.set(key, value);
    },
    remove: async (key) => {
      values.delete(key);
    },
  };
};

export interface Rig {
  store: VaultStore;
  session: ReturnType<typeof createSessionArea>;
  clock: { now: number };
  vault: Vault;
  /** A service of a new worker over the same store and session area. */
  restart(): Vault;
  close(): void;
}

export const createRig = async (name: string): Promise<Rig> => {
  const storage = await openStorage({ name });
  const session = createSessionArea();
  const clock = { now: 1_700_000_000 };
  const restart = () => createVault({ store: storage.vault, session, now: () => clock.now }, cheap);
  return { store: storage.vault, session, clock, vault: restart(), restart, close: storage.close };
};

import { expect } from 'vitest';
import { openStorage } from '../storage';
import type { VaultStore } from '../storage/vaultStore';
import type { KdfCost } from './kdf';
import { createVault } from './service';
import type { SessionArea, Vault } from './vault';
import type { VaultErrorCode } from './vaultError';

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
  /** A service of a new worker over the same store and session area, with parts of the store as given. */
  restart(part?: Partial<VaultStore>, cost?: KdfCost): Vault;
  /** As `restart`, of a new run of the browser. */
  newBrowser(): Vault;
  close(): void;
}

export const createRig = async (name: string): Promise<Rig> => {
  const storage = await openStorage({ name });
  const session = createSessionArea();
  const clock = { now: 1_700_000_000 };
  const now = () => clock.now;
  const store = storage.vault;
  return {
    store,
    session,
    clock,
    vault: createVault({ store, session, now }, cheap),
    restart: (part = {}, cost = cheap) => createVault({ store: { ...store, ...part }, session, now }, cost),
    newBrowser: () => createVault({ store, session: createSessionArea(), now }, cheap),
    close: storage.close,
  };
};

export const expectCode = (work: Promise<unknown>, code: VaultErrorCode) =>
  expect(work).rejects.toMatchObject({ code });

/** A store call that fails as a database without space does. */
export const failing = () => Promise.reject(new RangeError('no space'));

/** The bytes with one bit of one byte changed. */
export const flip = (bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));

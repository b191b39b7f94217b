import type { VaultStore } from '../storage/vaultStore';
import { type Bytes, newWrappingKey, unwrap, wrap } from './aes';
import { isDue, type Times } from './deadline';
import { canonical } from './fields';
import type { VaultHeader } from './header';
import { readSession, sessionKey, writeSession } from './sessionValue';
import type { SessionArea } from './vault';

interface Halves {
  store: VaultStore;
  session: SessionArea;
}

/** The unlock belongs to the header that was unlocked. */
const unlockContext = (header: VaultHeader): Bytes => canonical(['latchkey vault unlock', header.checksum]);

/**
 * Remembers the data key past the death of the worker in two halves: the data key, encrypted, in the session area
 * (memory only), and the non-extractable key that decrypts it in the database. Neither is enough alone.
 */
export const rememberUnlock = async (
  { store, session }: Halves,
  header: VaultHeader,
  dataKey: CryptoKey,
  times: Times,
): Promise<void> => {
  const unlockKey = await newWrappingKey();
  const sealed = await wrap(dataKey, unlockKey, unlockContext(header));
  await store.putUnlockKey(unlockKey);
  await writeSession(session, { sealed, ...times });
};

/**
 * The data key of the present unlock, non-extractable; undefined when there is none, it was for another header or its
 * time is over. What is merely over stays until it is locked, so that whoever locks it is told.
 */
export const recallUnlock = async (
  halves: Halves,
  header: VaultHeader,
  now: number,
): Promise<CryptoKey | undefined> => {
  const [unlockKey, value] = await Promise.all([halves.store.unlockKey(), readSession(halves.session)]);
  if (unlockKey === undefined && value === undefined) return undefined;
  if (value !== undefined && value !== 'damaged' && isDue(value, now)) return undefined;
  const dataKey =
    unlockKey instanceof CryptoKey && value !== undefined && value !== 'damaged'
      ? await unwrap(value.sealed, unlockKey, unlockContext(header), false)
      : undefined;
  if (dataKey === undefined) await forgetUnlock(halves);
  return dataKey;
};

/** Deletes both halves, the one even when the other can't be deleted. */
export const forgetUnlock = async ({ store, session }: Halves): Promise<void> => {
  try {
    await session.remove(sessionKey);
  } finally {
    await store.removeUnlockKey();
  }
};

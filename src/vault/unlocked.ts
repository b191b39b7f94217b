import { bytesToHex, hexToBytes, isHex } from 'viem/utils';
import type { VaultStore } from '../storage/vaultStore';
import { type Bytes, ivLength, keyLength, newWrappingKey, tagLength, unwrap, wrap } from './aes';
import { canonical } from './fields';
import type { VaultHeader } from './header';
import type { SessionArea } from './vault';

/** Key of the one value that the vault keeps in the session area. */
export const sessionKey = 'vault.unlocked';

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
): Promise<void> => {
  const unlockKey = await newWrappingKey();
  const sealed = await wrap(dataKey, unlockKey, unlockContext(header));
  await store.putUnlockKey(unlockKey);
  await session.set(sessionKey, bytesToHex(new Uint8Array([...sealed.iv, ...sealed.ciphertext])));
};

/** The data key of the present unlock, non-extractable; undefined when there is none or it was for another header. */
export const recallUnlock = async (halves: Halves, header: VaultHeader): Promise<CryptoKey | undefined> => {
  const [unlockKey, value] = await Promise.all([halves.store.unlockKey(), halves.session.get(sessionKey)]);
  if (unlockKey === undefined && value === undefined) return undefined;
  const sealed = parseSealed(value);
  const dataKey =
    unlockKey instanceof CryptoKey && sealed !== undefined
      ? await unwrap(sealed, unlockKey, unlockContext(header), false)
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

const parseSealed = (value: unknown) => {
  if (typeof value !== 'string' || !isHex(value, { strict: true })) return undefined;
  const bytes = new Uint8Array(hexToBytes(value));
  if (bytes.length !== ivLength + keyLength + tagLength) return undefined;
  return { iv: bytes.slice(0, ivLength), ciphertext: bytes.slice(ivLength) };
};

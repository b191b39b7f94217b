import * as v from 'valibot';
import type { Address } from 'viem';
import { type Bytes, decrypt, encrypt, ivLength, keyLength, tagLength } from './aes';
import { bytesField, canonical } from './fields';
import { addressOf, isPrivateKey } from './privateKey';
import type { KeyKind } from './vault';
import { VaultError } from './vaultError';

const isAddress = (value: unknown): boolean => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value);

const keyRecordSchema = v.strictObject({
  version: v.literal(1),
  id: v.string(),
  kind: v.picklist(['owner', 'session']),
  address: v.custom<Address>(isAddress),
  iv: bytesField(ivLength),
  ciphertext: bytesField(keyLength + tagLength),
});

/** A private key as it is stored. */
export type KeyRecord = v.InferOutput<typeof keyRecordSchema>;

type Named = Pick<KeyRecord, 'version' | 'id' | 'kind' | 'address'>;

/** What the ciphertext is bound to, so that a record can't stand in for another one. */
const keyContext = ({ version, id, kind, address }: Named): Bytes =>
  canonical(['latchkey vault key', version, id, kind, address]);

/** Encrypts a private key under the data key. */
export const sealKey = async (
  named: { id: string; kind: KeyKind },
  privateKey: Bytes,
  dataKey: CryptoKey,
): Promise<KeyRecord> => {
  const described: Named = { version: 1, ...named, address: addressOf(privateKey) };
  return { ...described, ...(await encrypt(privateKey, dataKey, keyContext(described))) };
};

/** The record stored under an id. Throws UNKNOWN_KEY when there is none and DAMAGED when it isn't that key's record. */
export const parseKeyRecord = (id: string, record: unknown): KeyRecord => {
  if (record === undefined) throw new VaultError('UNKNOWN_KEY');
  const parsed = v.safeParse(keyRecordSchema, record);
  if (!parsed.success || parsed.output.id !== id) throw new VaultError('DAMAGED');
  return parsed.output;
};

/**
 * Gives `work` the private key for as long as it runs, then zeroes it. Throws DAMAGED when the record was changed in any
 * way or its address isn't the key's.
 */
export const withPrivateKey = async <T>(
  record: KeyRecord,
  dataKey: CryptoKey,
  work: (privateKey: Bytes) => Promise<T>,
): Promise<T> => {
  const privateKey = await decrypt(record, dataKey, keyContext(record));
  if (privateKey === undefined) throw new VaultError('DAMAGED');
  try {
    if (!isPrivateKey(privateKey) || addressOf(privateKey) !== record.address)
      throw new VaultError('DAMAGED');
    return await work(privateKey);
  } finally {
    privateKey.fill(0);
  }
};

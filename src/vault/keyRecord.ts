import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import { recoverAddress } from 'viem/utils';
import { type Bytes, decrypt, encrypt, ivLength, keyLength, tagLength } from './aes';
import { bytesField, canonical, checksumLength, checksumOf, sameBytes } from './fields';
import { addressOf, isPrivateKey, signWith } from './privateKey';
import type { KeyKind } from './vault';
import { VaultError } from './vaultError';

const isAddress = (value: unknown): boolean => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value);

const fields = {
  id: v.string(),
  kind: v.picklist(['owner', 'session']),
  address: v.custom<Address>(isAddress),
  iv: bytesField(ivLength),
  ciphertext: bytesField(keyLength + tagLength),
};

/** Version 2 has a checksum of all other fields, so that damage shows while the vault is locked. */
const keyRecordSchema = v.variant('version', [
  v.strictObject({ version: v.literal(1), ...fields }),
  v.strictObject({ version: v.literal(2), ...fields, checksum: bytesField(checksumLength) }),
]);

/** A private key as it is stored. */
export type KeyRecord = v.InferOutput<typeof keyRecordSchema>;

type Named = Pick<KeyRecord, 'version' | 'id' | 'kind' | 'address'>;

/** What the ciphertext is bound to, so that a record can't stand in for another one. */
const keyContext = ({ version, id, kind, address }: Named): Bytes =>
  canonical(['latchkey vault key', version, id, kind, address]);

const keyChecksum = (record: Named & Pick<KeyRecord, 'iv' | 'ciphertext'>): Promise<Bytes> =>
  checksumOf(['latchkey vault key checksum', keyContext(record), record.iv, record.ciphertext]);

/** Encrypts a private key under the data key. */
export const sealKey = async (
  named: { id: string; kind: KeyKind },
  privateKey: Bytes,
  dataKey: CryptoKey,
): Promise<KeyRecord> => {
  const described = { version: 2 as const, ...named, address: addressOf(privateKey) };
  const sealed = { ...described, ...(await encrypt(privateKey, dataKey, keyContext(described))) };
  return { ...sealed, checksum: await keyChecksum(sealed) };
};

/** The record stored under an id. Throws UNKNOWN_KEY when there is none and DAMAGED when it isn't that key's record. */
export const parseKeyRecord = async (id: string, stored: unknown): Promise<KeyRecord> => {
  if (stored === undefined) throw new VaultError('UNKNOWN_KEY');
  const parsed = v.safeParse(keyRecordSchema, stored);
  if (!parsed.success || parsed.output.id !== id) throw new VaultError('DAMAGED');
  const record = parsed.output;
  if (record.version === 2 && !sameBytes(record.checksum, await keyChecksum(record))) {
    throw new VaultError('DAMAGED');
  }
  return record;
};

/** Whether a stored record is this one, to replace it and no other. */
export const isKeyRecord =
  (record: KeyRecord) =>
  (stored: unknown): boolean =>
    v.is(keyRecordSchema, stored) &&
    stored.version === record.version &&
    sameBytes(stored.ciphertext, record.ciphertext);

/** Gives `work` the private key for as long as it runs, then zeroes it. Throws DAMAGED when it can't be decrypted. */
const withPrivateKey = async <T>(
  record: KeyRecord,
  dataKey: CryptoKey,
  work: (privateKey: Bytes) => Promise<T>,
): Promise<T> => {
  const privateKey = await decrypt(record, dataKey, keyContext(record));
  if (privateKey === undefined) throw new VaultError('DAMAGED');
  try {
    if (!isPrivateKey(privateKey)) throw new VaultError('DAMAGED');
    return await work(privateKey);
  } finally {
    privateKey.fill(0);
  }
};

const assertAddress = (record: KeyRecord, address: Address): void => {
  if (address !== record.address) throw new VaultError('DAMAGED');
};

/** The address of the key, made from its private key. Throws DAMAGED when the record has another one. */
export const provenAddress = async (record: KeyRecord, dataKey: CryptoKey): Promise<Address> => {
  assertAddress(record, await withPrivateKey(record, dataKey, async (privateKey) => addressOf(privateKey)));
  return record.address;
};

/** The same key in a record of the newest version, under any data key. Throws DAMAGED. */
export const resealKey = async (
  record: KeyRecord,
  dataKey: CryptoKey,
  nextDataKey: CryptoKey,
): Promise<KeyRecord> => {
  const { id, kind } = record;
  const next = await withPrivateKey(record, dataKey, (privateKey) =>
    sealKey({ id, kind }, privateKey, nextDataKey),
  );
  assertAddress(record, next.address);
  return next;
};

/** Signs a 32-byte digest, and recovers the signer from the signature: throws DAMAGED when it isn't the record's. */
export const signDigest = async (record: KeyRecord, dataKey: CryptoKey, hash: Hex): Promise<Hex> => {
  const signature = await withPrivateKey(record, dataKey, (privateKey) => signWith(privateKey, hash));
  assertAddress(record, await recoverAddress({ hash, signature }));
  return signature;
};

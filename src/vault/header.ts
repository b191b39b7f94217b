import * as v from 'valibot';
import { type Bytes, ivLength, keyLength, newDataKey, randomBytes, tagLength, unwrap, wrap } from './aes';
import { bytesField, canonical, checksumLength, checksumOf, sameBytes, secondsField } from './fields';
import { deriveWrappingKey, type KdfCost, newKdf, saltLength } from './kdf';
import { VaultError } from './vaultError';

const highestIterations = 20_000_000;

const headerSchema = v.strictObject({
  version: v.literal(1),
  kdf: v.strictObject({
    name: v.literal('PBKDF2'),
    hash: v.literal('SHA-256'),
    iterations: v.pipe(v.number(), v.safeInteger(), v.maxValue(highestIterations)),
    salt: bytesField(saltLength),
  }),
  cipher: v.strictObject({ name: v.literal('AES-GCM'), iv: bytesField(ivLength) }),
  createdAt: secondsField,
  /** The data key under the key derived from the password. */
  wrappedKey: bytesField(keyLength + tagLength),
  /** Of all other fields. */
  checksum: bytesField(checksumLength),
});

/** The vault's header as it is stored. */
export type VaultHeader = v.InferOutput<typeof headerSchema>;

type Described = Pick<VaultHeader, 'version' | 'kdf' | 'cipher' | 'createdAt'>;

/** The header's fields in the clear, which the wrapped key is bound to. */
const headerContext = ({ version, kdf, cipher, createdAt }: Described): Bytes =>
  canonical([
    'latchkey vault header',
    version,
    kdf.name,
    kdf.hash,
    kdf.iterations,
    kdf.salt,
    cipher.name,
    cipher.iv,
    createdAt,
  ]);

const headerChecksum = (header: Omit<VaultHeader, 'checksum'>): Promise<Bytes> =>
  checksumOf(['latchkey vault checksum', headerContext(header), header.wrappedKey]);

/** A header that holds a data key under a password, with its own salt and iv. The data key must be extractable. */
export const sealHeader = async (
  dataKey: CryptoKey,
  password: string,
  cost: KdfCost,
  createdAt: number,
): Promise<VaultHeader> => {
  const described: Described = {
    version: 1,
    kdf: newKdf(cost),
    cipher: { name: 'AES-GCM', iv: randomBytes(ivLength) },
    createdAt,
  };
  const wrappingKey = await deriveWrappingKey(password, described.kdf);
  const wrapped = await wrap(dataKey, wrappingKey, headerContext(described), described.cipher.iv);
  const fields = { ...described, wrappedKey: wrapped.ciphertext };
  return { ...fields, checksum: await headerChecksum(fields) };
};

/** A new header with a new data key. The handle of the data key is extractable: use it to remember the unlock only. */
export const createHeader = async (
  password: string,
  cost: KdfCost,
  createdAt: number,
): Promise<{ header: VaultHeader; dataKey: CryptoKey }> => {
  const dataKey = await newDataKey();
  return { header: await sealHeader(dataKey, password, cost, createdAt), dataKey };
};

/** The header of a stored record. Throws DAMAGED when a byte of it isn't as it was written. */
export const parseHeader = async (record: unknown, cost: KdfCost): Promise<VaultHeader> => {
  const parsed = v.safeParse(headerSchema, record);
  if (!parsed.success) throw new VaultError('DAMAGED');
  const header = parsed.output;
  if (header.kdf.iterations < cost.lowest) throw new VaultError('DAMAGED');
  if (!sameBytes(header.checksum, await headerChecksum(header))) throw new VaultError('DAMAGED');
  return header;
};

/** The data key, extractable as with `createHeader`. Throws WRONG_PASSWORD. */
export const openHeader = async (header: VaultHeader, password: string): Promise<CryptoKey> => {
  const wrappingKey = await deriveWrappingKey(password, header.kdf);
  const sealed = { iv: header.cipher.iv, ciphertext: header.wrappedKey };
  const dataKey = await unwrap(sealed, wrappingKey, headerContext(header), true);
  if (dataKey === undefined) throw new VaultError('WRONG_PASSWORD');
  return dataKey;
};

/** Whether a stored record is this header, to replace it and no other. */
export const isHeader =
  (header: VaultHeader) =>
  (stored: unknown): boolean =>
    v.is(headerSchema, stored) && sameBytes(stored.checksum, header.checksum);

import * as v from 'valibot';
import { maxBackupLength } from '../rpc/ports';
import { type Bytes, decrypt, encrypt, ivLength } from './aes';
import { encodeBytesJson, reviveBytes } from './bytesJson';
import { bytesField, canonical, checksumLength, checksumOf, sameBytes, sha256 } from './fields';
import { parseHeader, type VaultHeader } from './header';
import type { KdfCost } from './kdf';
import { type KeyRecord, parseKeyRecord, resealKey } from './keyRecord';
import { unlessDamaged, VaultError } from './vaultError';

const format = 'latchkey backup';

const json = v.pipe(v.string(), v.parseJson({ reviver: reviveBytes }));

const fileSchema = v.pipe(
  json,
  v.strictObject({
    format: v.literal(format),
    version: v.literal(1),
    header: v.unknown(),
    iv: bytesField(ivLength),
    ciphertext: bytesField(),
    checksum: bytesField(checksumLength),
  }),
);

const newerSchema = v.pipe(
  json,
  v.looseObject({ format: v.literal(format), version: v.pipe(v.number(), v.minValue(2)) }),
);

const contentSchema = v.pipe(
  json,
  v.strictObject({ keys: v.array(v.looseObject({ id: v.string() })), payload: v.string() }),
);

/** What a backup holds: key records under the backup's own data key, and a text that the vault doesn't read. */
export interface BackupContent {
  keys: readonly KeyRecord[];
  payload: string;
}

/** A backup that was read but not opened. Its header is that of a vault of its own. */
export interface Backup {
  header: VaultHeader;
  iv: Bytes;
  ciphertext: Bytes;
}

const contentContext = (header: VaultHeader): Bytes =>
  canonical(['latchkey backup content', header.checksum]);

const fileChecksum = async ({ header, iv, ciphertext }: Backup): Promise<Bytes> =>
  checksumOf(['latchkey backup checksum', header.checksum, iv, await sha256(ciphertext)]);

/** The text of a backup. Throws BACKUP_TOO_LARGE. */
export const writeBackup = async (
  header: VaultHeader,
  dataKey: CryptoKey,
  content: BackupContent,
): Promise<string> => {
  const plaintext = new TextEncoder().encode(encodeBytesJson(content));
  const backup = { header, ...(await encrypt(plaintext, dataKey, contentContext(header))) };
  const text = encodeBytesJson({ format, version: 1, ...backup, checksum: await fileChecksum(backup) });
  if (text.length > maxBackupLength) throw new VaultError('BACKUP_TOO_LARGE');
  return text;
};

/** Throws BACKUP_TOO_LARGE, BACKUP_NOT_SUPPORTED, or BACKUP_DAMAGED when a character isn't as it was written. */
export const readBackup = async (text: string, cost: KdfCost): Promise<Backup> => {
  if (text.length > maxBackupLength) throw new VaultError('BACKUP_TOO_LARGE');
  const parsed = v.safeParse(fileSchema, text);
  if (!parsed.success) {
    throw new VaultError(v.is(newerSchema, text) ? 'BACKUP_NOT_SUPPORTED' : 'BACKUP_DAMAGED');
  }
  const { iv, ciphertext, checksum } = parsed.output;
  const header = await unlessDamaged(() => parseHeader(parsed.output.header, cost));
  if (header === undefined) throw new VaultError('BACKUP_DAMAGED');
  const backup = { header, iv, ciphertext };
  if (!sameBytes(checksum, await fileChecksum(backup))) throw new VaultError('BACKUP_DAMAGED');
  return backup;
};

/** The content with its keys under another data key, each one proven. Throws BACKUP_DAMAGED. */
export const openBackup = async (
  backup: Backup,
  dataKey: CryptoKey,
  nextDataKey: CryptoKey,
): Promise<BackupContent> => {
  const plaintext = await decrypt(backup, dataKey, contentContext(backup.header));
  const parsed = v.safeParse(contentSchema, plaintext && new TextDecoder().decode(plaintext));
  if (!parsed.success) throw new VaultError('BACKUP_DAMAGED');
  const records = parsed.output.keys;
  const reseal = async (record: { id: string }) =>
    resealKey(await parseKeyRecord(record.id, record), dataKey, nextDataKey);
  const keys = await unlessDamaged(() => Promise.all(records.map(reseal)));
  if (keys === undefined) throw new VaultError('BACKUP_DAMAGED');
  return { keys, payload: parsed.output.payload };
};

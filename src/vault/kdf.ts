import { normalizePassword } from '../rpc/password/normalize';
import { type Bytes, randomBytes } from './aes';

/** How a key is made from the password. */
export interface Kdf {
  name: 'PBKDF2';
  hash: 'SHA-256';
  iterations: number;
  salt: Bytes;
}

/** How much work a new header asks for, and the least that a stored header may ask for. */
export interface KdfCost {
  iterations: number;
  lowest: number;
}

export const saltLength = 32;

/** More than the 600,000 that the OWASP Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA-256. */
export const kdfCost: KdfCost = { iterations: 1_000_000, lowest: 600_000 };

export const newKdf = (cost: KdfCost): Kdf => ({
  name: 'PBKDF2',
  hash: 'SHA-256',
  iterations: cost.iterations,
  salt: randomBytes(saltLength),
});

/** The key that wraps the data key: AES-256-GCM, non-extractable. */
export const deriveWrappingKey = async (password: string, kdf: Kdf): Promise<CryptoKey> => {
  const bytes = new TextEncoder().encode(normalizePassword(password));
  try {
    const material = await crypto.subtle.importKey('raw', bytes, kdf.name, false, ['deriveKey']);
    return await crypto.subtle.deriveKey(kdf, material, { name: 'AES-GCM', length: 256 }, false, [
      'wrapKey',
      'unwrapKey',
    ]);
  } finally {
    bytes.fill(0);
  }
};

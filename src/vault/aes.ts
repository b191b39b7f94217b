/** Bytes that WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealed {
  iv: Bytes;
  ciphertext: Bytes;
}

const name = 'AES-GCM';
export const ivLength = 12;
export const tagLength = 16;
export const keyLength = 32;

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

const parameters = (iv: Bytes, context: Bytes) => ({ name, iv, additionalData: context });

/** A fresh AES-256-GCM key that encrypts other keys and never leaves WebCrypto. */
export const newWrappingKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name, length: 256 }, false, ['wrapKey', 'unwrapKey']);

/** A fresh AES-256-GCM data key. It is extractable so that it can be wrapped; never keep this handle. */
export const newDataKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name, length: 256 }, true, ['encrypt', 'decrypt']);

/** Encrypts the data key under a wrapping key. `context` must be given again to unwrap. */
export const wrap = async (
  dataKey: CryptoKey,
  wrappingKey: CryptoKey,
  context: Bytes,
  iv: Bytes = randomBytes(ivLength),
): Promise<Sealed> => {
  const wrapped = await crypto.subtle.wrapKey('raw', dataKey, wrappingKey, parameters(iv, context));
  return { iv, ciphertext: new Uint8Array(wrapped) };
};

/** The data key, or undefined when the wrapping key or the context isn't the one it was wrapped with. */
export const unwrap = (
  sealed: Sealed,
  wrappingKey: CryptoKey,
  context: Bytes,
  extractable: boolean,
): Promise<CryptoKey | undefined> =>
  unlessRefused(
    crypto.subtle.unwrapKey(
      'raw',
      sealed.ciphertext,
      wrappingKey,
      parameters(sealed.iv, context),
      name,
      extractable,
      ['encrypt', 'decrypt'],
    ),
  );

export const encrypt = async (plaintext: Bytes, key: CryptoKey, context: Bytes): Promise<Sealed> => {
  const iv = randomBytes(ivLength);
  const ciphertext = await crypto.subtle.encrypt(parameters(iv, context), key, plaintext);
  return { iv, ciphertext: new Uint8Array(ciphertext) };
};

/** The plaintext, or undefined when anything was changed. The caller zeroes it. */
export const decrypt = async (sealed: Sealed, key: CryptoKey, context: Bytes): Promise<Bytes | undefined> => {
  const plaintext = await unlessRefused(
    crypto.subtle.decrypt(parameters(sealed.iv, context), key, sealed.ciphertext),
  );
  return plaintext === undefined ? undefined : new Uint8Array(plaintext);
};

/** WebCrypto reports a wrong key or changed bytes as OperationError. */
const unlessRefused = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined;
    throw error;
  }
};

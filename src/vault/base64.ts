import type { Bytes } from './aes';

/** Base64 with padding (RFC 4648, section 4). */
export const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** The bytes of a text that `toBase64` gives, or undefined for any other text. */
export const fromBase64 = (text: string): Bytes | undefined => {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const lastGroup = bytes.slice(-(bytes.length % 3 || 3));
  return text.endsWith(toBase64(lastGroup)) ? bytes : undefined;
};

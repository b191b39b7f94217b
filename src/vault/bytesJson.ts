import { fromBase64, toBase64 } from './base64';

const tag = '$bytes';

/** JSON text of a value whose bytes are spelled in base64. */
export const encodeBytesJson = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    item instanceof Uint8Array ? { [tag]: toBase64(item) } : item,
  );

/** For `JSON.parse`: gives the bytes back. What isn't spelled as `encodeBytesJson` does it stays as it is. */
export const reviveBytes = (_key: string, item: unknown): unknown => {
  if (typeof item !== 'object' || item === null || !(tag in item)) return item;
  const spelled = item[tag];
  return typeof spelled === 'string' && Object.keys(item).length === 1 ? (fromBase64(spelled) ?? item) : item;
};

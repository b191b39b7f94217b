import { encodeMessage } from '../../rpc/codec';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]),
  );
};

/** One text per value, whatever the order of its keys: JSON with sorted keys, bigints tagged, undefined left out. */
export const canonicalText = (value: unknown): string => encodeMessage(sorted(value));

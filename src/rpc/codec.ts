const tag = '$bigint';

type Tagged = { [tag]: string };

const isTagged = (value: unknown): value is Tagged =>
  typeof value === 'object' &&
  value !== null &&
  tag in value &&
  typeof value[tag] === 'string' &&
  /^-?\d+$/.test(value[tag]);

/** JSON text of a value that may hold bigints, which extension messaging would drop. */
export const encodeMessage = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? { [tag]: item.toString() } : item,
  );

/** Reverse of {@link encodeMessage}. Throws SyntaxError when the text isn't JSON. */
export const decodeMessage = (text: string): unknown =>
  JSON.parse(text, (_key, item: unknown) => (isTagged(item) ? BigInt(item[tag]) : item));

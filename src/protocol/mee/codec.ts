import { ProtocolError } from '../errors';

/** Text that is not the JSON it should be. Codes: `JSON_TOO_LONG`, `JSON_MALFORMED`. */
export class JsonError extends ProtocolError {}

/** Longest node answer that is read, in characters. */
const maxJsonLength = 4_000_000;

/** JSON in the node's form: every bigint as a decimal string, undefined members left out. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? member.toString() : member,
  );
}

/**
 * Parses JSON text of bounded length. The answer is untrusted: give it to a schema.
 * @throws JsonError
 */
export function decodeJson(text: string, maxLength: number = maxJsonLength): unknown {
  if (text.length > maxLength) {
    throw new JsonError('JSON_TOO_LONG', {
      shortMessage: 'The node sent more data than is accepted.',
      details: `${text.length} characters, at most ${maxLength}.`,
      action: 'Check the address of the node in the settings.',
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new JsonError('JSON_MALFORMED', {
      shortMessage: 'The node sent something that is not JSON.',
      action: 'Check the address of the node in the settings, then try again.',
      cause,
    });
  }
}

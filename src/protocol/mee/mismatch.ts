import { ProtocolError } from '../errors';

/** The node's quote differs from what was asked. `field` names the member. Code `QUOTE_MISMATCH`. */
export class QuoteMismatchError extends ProtocolError {
  readonly field: string;
  readonly expected: string;
  readonly got: string;

  constructor(field: string, expected: unknown, got: unknown) {
    super('QUOTE_MISMATCH', {
      shortMessage: `The node changed ${field} of the request.`,
      details: `Expected ${shorten(String(expected))}, got ${shorten(String(got))}.`,
      action: 'Nothing was signed. Try again, or choose another node.',
    });
    this.field = field;
    this.expected = String(expected);
    this.got = String(got);
  }
}

/** Compares texts (hex, addresses, flags), letter case aside. @throws QuoteMismatchError */
export function sameText(field: string, expected: string | boolean, got: string | boolean): void {
  if (String(expected).toLowerCase() !== String(got).toLowerCase()) {
    throw new QuoteMismatchError(field, expected, got);
  }
}

/** Compares unsigned integers, however they are written. @throws QuoteMismatchError */
export function sameNumber(field: string, expected: bigint | number, got: string): void {
  if (BigInt(expected) !== BigInt(got)) throw new QuoteMismatchError(field, expected, got);
}

function shorten(text: string): string {
  return text.length > 140 ? `${text.slice(0, 120)}… (${text.length} characters)` : text;
}

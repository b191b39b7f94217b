import { ProtocolError } from '../errors';
import type { QuoteSigning, VerifiedQuote } from './verify';

/** A quote that is to be signed in another way than asked. Code `SIGNING_KIND`. */
export class SigningKindError extends ProtocolError {}

/** @throws SigningKindError unless the quote is signed in this way */
export function assertSigning({ signing }: VerifiedQuote, expected: QuoteSigning): void {
  if (signing === expected) return;
  throw new SigningKindError('SIGNING_KIND', {
    shortMessage: 'This supertransaction is signed in another way.',
    details: `It takes ${signing}, asked for was ${expected}.`,
    action: 'Ask for a quote of the other kind.',
  });
}

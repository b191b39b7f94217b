import { ProtocolError } from '../errors';

/** A supertransaction that can't be asked for as planned. */
export class QuoteRequestError extends ProtocolError {}

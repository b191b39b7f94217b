import { type HttpAnswer, type HttpRequest, NoAnswerError, exchange as reach } from '../http/exchange';
import { nodeMalformed, nodeUnreachable } from './nodeErrors';

/** One HTTP exchange with a node or a sponsor. Throws NODE_UNREACHABLE, and NODE_MALFORMED for an answer without end. */
export const exchange = (fetchFn: typeof fetch, request: HttpRequest): Promise<HttpAnswer> =>
  reach(fetchFn, request).catch((cause: unknown) => {
    if (!(cause instanceof NoAnswerError)) throw cause;
    throw cause.kind === 'tooLong' ? nodeMalformed(cause) : nodeUnreachable(cause);
  });

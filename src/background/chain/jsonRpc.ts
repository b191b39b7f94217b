import * as v from 'valibot';
import { exchange, NoAnswerError } from '../http/exchange';
import { withRetries } from '../http/retry';

const timeoutMs = 10_000;

/** HTTP statuses of an RPC that may do better in a moment. */
const passingStatuses: ReadonlySet<number> = new Set([403, 408, 413, 429, 500, 502, 503, 504]);
/** The same of its own error codes: unknown, over the limit, internal. */
const passingCodes: ReadonlySet<number> = new Set([-1, 429, -32_005, -32_007, -32_603]);

const answerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    v.object({ error: v.object({ code: v.number(), message: v.string(), data: v.optional(v.unknown()) }) }),
    v.object({ result: v.unknown() }),
  ]),
);

/** What an RPC answers in the place of a result. */
export class RpcAnswerError extends Error {
  override readonly name = 'RpcAnswerError';

  constructor(
    readonly code: number,
    message: string,
    readonly data: unknown,
  ) {
    super(message);
  }
}

/** An answer that isn't JSON-RPC. */
export class RpcMalformedError extends Error {
  override readonly name = 'RpcMalformedError';

  constructor(readonly status: number) {
    super(`The RPC answered something else than JSON-RPC (status ${status}).`);
  }
}

export type JsonRpcCall = { method: string; params?: readonly unknown[] };

const ask = async (fetchFn: typeof fetch, url: string, call: JsonRpcCall): Promise<unknown> => {
  const { status, body } = await exchange(fetchFn, {
    url,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...call }),
    timeoutMs,
  });
  const { success, output } = v.safeParse(answerSchema, body);
  if (!success) throw new RpcMalformedError(status);
  if ('error' in output) throw new RpcAnswerError(output.error.code, output.error.message, output.error.data);
  if (status < 200 || status > 299) throw new RpcMalformedError(status);
  return output.result;
};

const mayPass = (error: unknown): boolean =>
  (error instanceof NoAnswerError && error.kind === 'unreachable') ||
  (error instanceof RpcMalformedError && passingStatuses.has(error.status)) ||
  (error instanceof RpcAnswerError && passingCodes.has(error.code));

/**
 * Asks an RPC over HTTP, again after a short pause where that may help.
 * Throws RpcAnswerError, RpcMalformedError or NoAnswerError.
 */
export const jsonRpc = (fetchFn: typeof fetch, url: string, call: JsonRpcCall): Promise<unknown> =>
  withRetries(() => ask(fetchFn, url, call), mayPass);

import * as v from 'valibot';
import { ProtocolError } from '../protocol/errors';
import { rpcErrorCodes } from '../rpc/errors';

/**
 * Every error of this library. `code` is a number of EIP-1193, EIP-1474 or EIP-5792 (4001: the person
 * said no); `reason` is a stable name such as `USAGE_LIMIT_EXCEEDED` to branch on; `message` is a sentence for a
 * person and `action` says what to do next.
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError';
  readonly code: number;
  readonly reason: string;
  readonly action: string;
  /** Field, path or numbers that belong to the reason. */
  readonly details?: { readonly [name: string]: unknown };

  constructor(parts: {
    code: number;
    message: string;
    reason: string;
    action: string;
    details?: { readonly [name: string]: unknown };
    cause?: unknown;
  }) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = parts.code;
    this.reason = parts.reason;
    this.action = parts.action;
    if (parts.details) this.details = parts.details;
  }
}

const errorSchema = v.object({
  code: v.number(),
  message: v.string(),
  data: v.fallback(
    v.object({
      reason: v.string(),
      action: v.string(),
      details: v.exactOptional(v.record(v.string(), v.unknown())),
    }),
    { reason: 'UNEXPLAINED', action: 'Try again.' },
  ),
});

/** What a provider rejected with, or what a request's status holds. */
export const toLatchkeyError = (cause: unknown): LatchkeyError => {
  const parsed = v.safeParse(errorSchema, cause);
  if (parsed.success) {
    const { code, message, data } = parsed.output;
    return new LatchkeyError({ code, message, ...data, cause });
  }
  return new LatchkeyError({
    code: rpcErrorCodes.internal,
    message: 'The provider failed without saying why.',
    reason: 'UNEXPLAINED',
    action: 'Try again.',
    cause,
  });
};

/** Runs a builder; what it finds wrong with its input becomes a LatchkeyError with -32602. */
export const withInputErrors = <Result>(build: () => Result): Result => {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new LatchkeyError({
      code: rpcErrorCodes.invalidParams,
      message: error.shortMessage,
      reason: error.code,
      action: error.action,
      ...(error.details !== undefined && { details: { got: error.details } }),
      cause: error,
    });
  }
};

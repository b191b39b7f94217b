/** What every protocol error carries besides its code. */
export type ProtocolErrorParts = {
  /** One sentence a person understands. */
  shortMessage: string;
  /** What the reader can do about it, one sentence. */
  action: string;
  /** The exact values behind the message, for logs and tests. */
  details?: string;
  cause?: unknown;
};

/**
 * Base of all errors of this room. `code` is a stable UPPER_SNAKE string to branch on;
 * `message` is `shortMessage` followed by the details and the way out.
 */
export class ProtocolError extends Error {
  readonly code: string;
  readonly shortMessage: string;
  readonly action: string;
  readonly details?: string;

  constructor(code: string, parts: ProtocolErrorParts) {
    const lines = [parts.shortMessage, parts.details, parts.action].filter((line) => line !== undefined);
    super(lines.join('\n'), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = new.target.name;
    this.code = code;
    this.shortMessage = parts.shortMessage;
    this.action = parts.action;
    if (parts.details !== undefined) this.details = parts.details;
  }
}

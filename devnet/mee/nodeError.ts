/** A refusal by the node. `status` is the HTTP status; the message becomes `error` in the answer. */
export class NodeError extends Error {
  override readonly name = 'NodeError';

  constructor(
    readonly status: number,
    message: string,
    options?: { cause: unknown },
  ) {
    super(message, options);
  }

  /** The JSON body of the answer. */
  body(): unknown {
    return { error: this.message };
  }
}

/** A field of a request that is missing or has the wrong shape. */
export type FieldFault = { path: string; message: string };

/** A request whose body doesn't have the right shape: answered with one line for each wrong field. */
export class MalformedRequestError extends NodeError {
  constructor(readonly faults: readonly FieldFault[]) {
    super(400, faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }

  override body(): unknown {
    return { errors: this.faults };
  }
}

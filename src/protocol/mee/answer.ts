import * as v from 'valibot';
import { ProtocolError } from '../errors';

/** A node answer that doesn't have the shape it must have. Code `NODE_RESPONSE_MALFORMED`. */
export class NodeResponseError extends ProtocolError {
  /** Dotted path of the first wrong member. */
  readonly path: string;

  constructor(answer: string, path: string, message: string) {
    super('NODE_RESPONSE_MALFORMED', {
      shortMessage: `The node's ${answer} answer can't be read.`,
      details: `${path === '' ? 'The answer' : path}: ${message}`,
      action: 'Nothing was signed. Try again, or choose another node.',
    });
    this.path = path;
  }
}

/** Reads an untrusted answer by its schema. @throws NodeResponseError */
export function parseAnswer<S extends v.GenericSchema>(
  answer: string,
  schema: S,
  json: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new NodeResponseError(answer, v.getDotPath(issue) ?? '', issue.message);
}

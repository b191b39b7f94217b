import * as v from 'valibot';
import { decodeJson } from '../../protocol/mee/codec';

const maxParsed = 65_536;

const errorBodySchema = v.union([
  v.pipe(
    v.object({ error: v.string() }),
    v.transform(({ error }) => error),
  ),
  v.pipe(
    v.object({ error: v.object({ message: v.string() }) }),
    v.transform(({ error }) => error.message),
  ),
  v.pipe(
    v.object({
      errors: v.array(
        v.object({
          msg: v.optional(v.string()),
          message: v.optional(v.string()),
          path: v.optional(v.string()),
        }),
      ),
    }),
    v.transform(({ errors }) =>
      errors
        .map(({ msg, message, path }) => [path, msg ?? message].filter((part) => part).join(': '))
        .join('; '),
    ),
  ),
  v.pipe(
    v.object({ message: v.string() }),
    v.transform(({ message }) => message),
  ),
]);

/** What an error body of the node says, in whichever of its forms; the body itself when it is none of them. */
export const wordsOf = (body: string): string => {
  try {
    const parsed = v.safeParse(errorBodySchema, decodeJson(body, maxParsed));
    return parsed.success ? parsed.output : body.slice(0, maxParsed);
  } catch {
    return body.slice(0, maxParsed);
  }
};

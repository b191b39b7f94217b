import * as v from 'valibot';
import { encodeMessage } from '../rpc/codec';
import { companionOnly } from '../rpc/dapp/companionOnly';
import { type DappMethod, dappMethods } from '../rpc/dapp/methods';
import type { RpcError } from '../rpc/errors';
import { type PopupProcedure, popupProcedures } from '../rpc/popup/procedures';
import { maxRequestLength } from '../rpc/ports';
import { invalidParams, unsupportedMethod } from './errors/rpcErrors';
import { toRpcError } from './errors/toRpcError';
import type { Handlers } from './handlers/handler';
import type { Procedures } from './procedures/procedure';

const maxShownName = 64;

/** What goes with every call: something to do before its handler, and whom to tell of defects. */
type Around = { before: (method: string) => Promise<void>; report: (error: unknown) => void };

/** A call as it comes over a port. `waited`: milliseconds since the page asked, when its port was lost meanwhile. */
export type Call = { method: string; params: unknown; waited?: number };

const notOffered = (method: string): RpcError =>
  unsupportedMethod({
    reason: 'UNSUPPORTED_METHOD',
    message: `Latchkey doesn't offer ${method.slice(0, maxShownName)}.`,
    action: 'Use latchkey_prepare and latchkey_use; other methods belong to the wallet.',
    details: { offered: Object.keys(dappMethods) },
  });

const tooLong = (): RpcError =>
  invalidParams({
    reason: 'REQUEST_TOO_LONG',
    message: `A request may not be longer than ${maxRequestLength} characters.`,
    action: 'Split the request.',
    details: { limit: maxRequestLength },
  });

/** What only the companion decides on, where a page gave it. */
const companionOnlyError = (issue: v.BaseIssue<unknown>, where: string): RpcError | undefined => {
  const field = Object.entries(companionOnly).find(([name]) => where.endsWith(`.${name}`));
  if (issue.type !== 'never' || !field) return undefined;
  return invalidParams({ ...field[1], details: { path: where } });
};

const badParams = (issue: v.BaseIssue<unknown>): RpcError => {
  const path = v.getDotPath(issue);
  const where = path === null ? 'params' : `params.${path}`;
  const refused = companionOnlyError(issue, where);
  if (refused) return refused;
  return invalidParams({
    reason: 'INVALID_PARAMS',
    message: `${where} ${issue.message}`.slice(0, 300),
    action: 'Correct the parameter and ask again.',
    details: { path: where },
  });
};

const parse = <S extends v.GenericSchema>(schema: S, params: unknown): v.InferOutput<S> => {
  const parsed = v.safeParse(schema, params, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw badParams(parsed.issues[0]);
};

const assertLength = (params: unknown): void => {
  if (encodeMessage(params ?? null).length > maxRequestLength) throw tooLong();
};

const orRpcError = async <T>(
  answer: () => Promise<T>,
  reader: 'page' | 'ownPage',
  report: (error: unknown) => void,
): Promise<T> => {
  try {
    return await answer();
  } catch (error) {
    const typed = toRpcError(error, reader);
    if (typed !== error && typed.data.reason === 'INTERNAL') report(error);
    throw typed;
  }
};

const isDappMethod = (method: string): method is DappMethod => Object.hasOwn(dappMethods, method);
const isProcedure = (method: string): method is PopupProcedure => Object.hasOwn(popupProcedures, method);

/**
 * From a call to its handler: allow-list of methods, size, schema. The origin is the one the browser names. Whatever
 * goes wrong comes out as RpcError.
 */
export const createDappRouter = (handlers: Handlers, { before, report }: Around) => {
  const handle = <M extends DappMethod>(method: M, { params, waited = 0 }: Call, origin: string) =>
    handlers[method](parse(dappMethods[method], params), origin, waited);

  return (call: Call, origin: string): Promise<unknown> =>
    orRpcError<unknown>(
      async () => {
        const { method } = call;
        if (!isDappMethod(method)) throw notOffered(method);
        assertLength(call.params);
        await before(method);
        return handle(method, call, origin);
      },
      'page',
      report,
    );
};

/** The same for the extension's own pages. */
export const createPopupRouter = (procedures: Procedures, { before, report }: Around) => {
  const handle = <P extends PopupProcedure>(method: P, params: unknown) =>
    procedures[method](parse(popupProcedures[method], params));

  return ({ method, params }: Call): Promise<unknown> =>
    orRpcError<unknown>(
      async () => {
        if (!isProcedure(method)) throw notOffered(method);
        await before(method);
        return handle(method, params);
      },
      'ownPage',
      report,
    );
};

import type * as v from 'valibot';
import type { DappMethod, DappResults, dappMethods } from '../../rpc/dapp/methods';

/** Params of a method after its schema. */
export type DappParams<M extends DappMethod> = v.InferOutput<(typeof dappMethods)[M]>;

/**
 * Answers one dapp method for one origin, which is the browser's word and never the page's. `waited` is 0, or the
 * milliseconds since the page asked when the request lost its port and is sent again.
 */
export type Handler<M extends DappMethod> = (
  params: DappParams<M>,
  origin: string,
  waited: number,
) => Promise<DappResults[M]>;

/** A handler for every method. */
export type Handlers = { [M in DappMethod]: Handler<M> };

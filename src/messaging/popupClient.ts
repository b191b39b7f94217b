import browser from 'webextension-polyfill';
import { RpcError, type RpcErrorData } from '../rpc/errors';
import type { PopupParams, PopupProcedure, PopupResults } from '../rpc/popup/procedures';
import { portNames } from '../rpc/ports';
import { hearChanges } from './changes';
import { mayRepeat } from './popupRepeats';
import { type Outcome, RequestPort } from './requestPort';

type Arguments<P extends PopupProcedure> = undefined extends PopupParams<P> ? [] : [params: PopupParams<P>];

export type PopupClient = {
  /**
   * Asks the background. Rejects with RpcError: the background's own, or 4900 with the reason
   * `CONNECTION_LOST` when its worker died under a request that must not run twice.
   */
  call<P extends PopupProcedure>(procedure: P, ...params: Arguments<P>): Promise<PopupResults[P]>;
  /** Calls the listener whenever the background's state may have changed. Gives the function that ends it. */
  onChange(listener: () => void): () => void;
};

const isErrorData = (data: unknown): data is RpcErrorData =>
  typeof data === 'object' &&
  data !== null &&
  'reason' in data &&
  typeof data.reason === 'string' &&
  'action' in data &&
  typeof data.action === 'string';

const unexplained: RpcErrorData = { reason: 'INTERNAL', action: 'Try again.' };

const unwrap = (outcome: Outcome): unknown => {
  if (!('error' in outcome)) return outcome.result;
  const { code, message, data } = outcome.error;
  throw new RpcError(code, message, isErrorData(data) ? data : unexplained);
};

/** The popup's connection to the background. Requests start the worker; hearing of changes keeps none awake. */
export const createPopupClient = (): PopupClient => {
  const port = new RequestPort({
    connect: () => browser.runtime.connect({ name: portNames.popup }),
    onEvent: () => undefined,
    mayRepeat,
  });
  return {
    // The answer comes from this extension's own background over a port that only it can serve.
    call: async <P extends PopupProcedure>(procedure: P, ...[params]: Arguments<P>) =>
      unwrap(await port.send({ method: procedure, params })) as PopupResults[P],
    onChange: hearChanges,
  };
};

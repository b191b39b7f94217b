import type { Address, Hex } from 'viem';
import type { GrantSummary, PrepareResult, UseResult } from '../rpc/dapp/methods';
import { type RequestProgress, readAnswer } from './answers';
import { type Eip1193Provider, findProvider } from './discovery';
import { toLatchkeyError } from './latchkeyError';
import { encodePrepare, encodeUse, type PrepareOptions, type UseOptions } from './wire';

/** A site's connection to the companion. Every method rejects with LatchkeyError. */
export type Latchkey = {
  /** The smart account that acts. Connect again when the provider emits `accountsChanged`. */
  readonly account: Address;
  /** The EIP-1193 provider underneath, for its events. */
  readonly provider: Eip1193Provider;
  /** Asks the person for a permission. Resolves once it is enabled on every chain that it names. */
  prepare(options: PrepareOptions): Promise<PrepareResult>;
  /** Executes inside a permission, with no prompt. Resolves once every call is mined and succeeded. */
  use(options: UseOptions): Promise<UseResult>;
  /** How far a request of this site is, also one from before a reload. */
  getRequest(options: { requestId: string }): Promise<RequestProgress>;
  /** The permissions that this site holds. */
  permissions(): Promise<readonly GrantSummary[]>;
  /** Whether the chain holds the permission now. */
  isPermissionEnabled(options: { permissionId: Hex; chainId: number }): Promise<boolean>;
};

export type ConnectOptions = {
  /** How long to look for the extension, in milliseconds. Default 1000. */
  timeoutMs?: number;
  /** A provider that was found already (EIP-6963, rdns `io.latchkey`). */
  provider?: Eip1193Provider;
};

const createCall =
  (provider: Eip1193Provider) =>
  async (method: string, params?: readonly unknown[]): Promise<unknown> => {
    try {
      return await provider.request(params ? { method, params } : { method });
    } catch (error) {
      throw toLatchkeyError(error);
    }
  };

/**
 * Finds the extension and asks the person to let this site see the account. Asks nothing when they did before.
 * @throws LatchkeyError 4900 `NOT_INSTALLED`, 4001 when the person says no
 *
 * @example
 * const latchkey = await connect();
 * const actions = buildSessionAction({
 *   type: 'custom',
 *   data: { chainIds: [8453], contractAddress: counter, functionSignature: 'incrementCount()',
 *           policies: [{ type: 'usageLimit', limit: 3n }] },
 * });
 * await latchkey.prepare({ enableSession: { actions }, feeToken: { address: usdc, chainId: 8453 } });
 * await latchkey.use({
 *   instructions: [{ chainId: 8453, calls: [{ to: counter, data: toFunctionSelector('incrementCount()') }] }],
 * });
 */
export const connect = async ({
  timeoutMs = 1000,
  provider: known,
}: ConnectOptions = {}): Promise<Latchkey> => {
  const provider = known ?? (await findProvider(timeoutMs));
  const call = createCall(provider);
  const [account] = readAnswer.accounts(await call('eth_requestAccounts'));
  return {
    account,
    provider,
    prepare: async (options) => readAnswer.prepare(await call('latchkey_prepare', encodePrepare(options))),
    use: async (options) => readAnswer.use(await call('latchkey_use', encodeUse(options))),
    getRequest: async ({ requestId }) =>
      readAnswer.progress(await call('latchkey_getRequest', [{ requestId }])),
    permissions: async () => readAnswer.permissions(await call('latchkey_getPermissions')),
    isPermissionEnabled: async ({ permissionId, chainId }) =>
      readAnswer.enabled(await call('latchkey_isPermissionEnabled', [{ permissionId, chainId }])),
  };
};

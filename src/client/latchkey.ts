import type { Address, Hex } from 'viem';
import type {
  EnabledPermissions,
  GrantSummary,
  PrepareResult,
  RevokeResult,
  UseResult,
} from '../rpc/dapp/results';
import { type CallCheck, type RequestProgress, readAnswer, type Usage } from './answers';
import { type Eip1193Provider, findProvider } from './discovery';
import { toLatchkeyError } from './latchkeyError';
import type { CheckCallsOptions, PrepareOptions, RevokeOptions, UseOptions } from './options';
import { encodeCheckCalls, encodePrepare, encodeRevoke, encodeUse } from './wire';

/** A site's connection to the companion. Every method rejects with LatchkeyError. */
export type Latchkey = {
  /** The smart account that acts. Connect again when the provider emits `accountsChanged`. */
  readonly account: Address;
  /** The EIP-1193 provider underneath, for its events. */
  readonly provider: Eip1193Provider;
  /**
   * Asks the person for a permission, and for whatever has to run before it. Resolves once everything ran and the
   * permission is enabled on every chain that it names. Asks nobody when this site holds as much already.
   */
  prepare(options: PrepareOptions): Promise<PrepareResult>;
  /** Executes inside a permission, with no prompt. Resolves once every call is mined and succeeded. */
  use(options: UseOptions): Promise<UseResult>;
  /** What `use` would answer now, short of the node's fee. Signs, counts and sends nothing. */
  checkCalls(options: CheckCallsOptions): Promise<CallCheck>;
  /**
   * Ends a grant, or one action of it: here at once, then the person is asked to have it removed on chain. Resolves when
   * no chain holds it any more.
   */
  revoke(options: RevokeOptions): Promise<RevokeResult>;
  /** Limit, used and remaining of every counted policy, read from the chains. */
  getUsage(options: { grantId: string }): Promise<Usage>;
  /** How far a request of this site is, also one from before a reload. */
  getRequest(options: { requestId: string }): Promise<RequestProgress>;
  /** The permissions that this site holds. */
  permissions(): Promise<readonly GrantSummary[]>;
  /** Whether the chain holds the permission now. */
  isPermissionEnabled(options: PermissionReference): Promise<boolean>;
  /** The same of several, by permissionId and chain id. */
  checkEnabledPermissions(permissions: readonly PermissionReference[]): Promise<EnabledPermissions>;
};

/** A permission on one chain, as `prepare` gives it. */
export type PermissionReference = { permissionId: Hex; chainId: number };

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
 *           policies: [{ type: 'usageLimit', limit: 3n }, { type: 'valueLimit', limit: 1n }] },
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
    checkCalls: async (options) =>
      readAnswer.check(await call('latchkey_checkCalls', encodeCheckCalls(options))),
    revoke: async (options) => readAnswer.revoke(await call('latchkey_revoke', encodeRevoke(options))),
    getUsage: async ({ grantId }) => readAnswer.usage(await call('latchkey_getUsage', [{ grantId }])),
    getRequest: async ({ requestId }) =>
      readAnswer.progress(await call('latchkey_getRequest', [{ requestId }])),
    permissions: async () => readAnswer.permissions(await call('latchkey_getPermissions')),
    isPermissionEnabled: async ({ permissionId, chainId }) =>
      readAnswer.enabled(await call('latchkey_isPermissionEnabled', [{ permissionId, chainId }])),
    checkEnabledPermissions: async (permissions) => {
      const references = permissions.map(({ permissionId, chainId }) => ({ permissionId, chainId }));
      return readAnswer.enabledPermissions(await call('latchkey_checkEnabledPermissions', [references]));
    },
  };
};

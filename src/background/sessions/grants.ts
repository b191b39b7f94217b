import type { Call } from '../../protocol/actions/call';
import { sameAddress } from '../../protocol/address';
import type { Ledger } from '../../protocol/scope/ledger';
import { verdict } from '../../protocol/scope/verdict';
import type { GrantSummary } from '../../rpc/dapp/methods';
import type { UseParams } from '../../rpc/dapp/schema';
import type { RpcError } from '../../rpc/errors';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import { refusalOf } from '../errors/refusal';
import { invalidParams } from '../errors/rpcErrors';
import { chainNotGranted, grantNotEnabled, noGrant, outsideGrant } from './denials';
import type { Reservations } from './reservations';

/** All calls of a request on one chain, in their order: one operation. */
export type ChainCalls = { chainId: number; calls: readonly Call[] };

/** Joins the instructions of one chain; chains in the order in which they come first. */
export const joinByChain = (instructions: readonly ChainCalls[]): readonly ChainCalls[] =>
  [...new Set(instructions.map(({ chainId }) => chainId))].map((chainId) => ({
    chainId,
    calls: instructions.filter((one) => one.chainId === chainId).flatMap(({ calls }) => calls),
  }));

export const permissionOn = (grant: GrantRecord, chainId: number): PlannedPermission => {
  const permission = grant.permissions.find((candidate) => candidate.chainId === chainId);
  if (!permission) throw chainNotGranted(chainId);
  return permission;
};

/**
 * The ledger of one chain after the calls, by the rules of the chain.
 * @param time unix seconds
 * @throws RpcError 4100 with every reason
 */
export const judgeCalls = (
  grant: GrantRecord,
  { chainId, calls }: ChainCalls,
  ledger: Ledger,
  time: number,
): Ledger => {
  const { session, feeBudgetIndex } = permissionOn(grant, chainId);
  const judged = verdict({
    grant: { account: grant.account, chainId, session, feeBudgetIndex },
    ledger,
    calls,
    time,
  });
  if (!judged.allowed) throw outsideGrant(chainId, judged.reasons);
  return judged.ledger;
};

/** A grant as its origin may know it: without the action that pays fees, which isn't the dapp's. */
export const summaryOf = (grant: GrantRecord): GrantSummary => ({
  grantId: grant.grantId,
  account: grant.account,
  redeemer: grant.redeemer,
  state: grant.state,
  feeToken: grant.feeToken,
  permissions: grant.permissions.map(({ chainId, permissionId, session, feeBudgetIndex }) => ({
    chainId,
    permissionId,
    actions: session.actions.filter((_action, index) => index !== feeBudgetIndex),
  })),
});

const assertFeeToken = (grant: GrantRecord, { feeToken }: UseParams): void => {
  if (!feeToken) return;
  const { address, chainId } = grant.feeToken;
  if (feeToken.chainId === chainId && sameAddress(feeToken.address, address)) return;
  throw invalidParams({
    reason: 'FEE_TOKEN_NOT_GRANTED',
    message: 'The permission pays its fees in another token.',
    action: 'Leave feeToken out, or name the one of the permission.',
    details: { granted: grant.feeToken },
  });
};

/** What a USE wants. `holder` names what it may already have reserved itself. */
type Wanted = { origin: string; params: UseParams; holder: string };

/** Finds the grant that a USE goes by. Another origin's grant and no grant are told apart by nobody. */
export const createGrantFinder = (parts: {
  grants: GrantTable;
  reservations: Reservations;
  now: () => number;
}) => {
  const { grants, reservations, now } = parts;

  const assertFits = async (grant: GrantRecord, { params, holder }: Wanted): Promise<void> => {
    if (grant.state !== 'enabled') throw grantNotEnabled(grant.state);
    assertFeeToken(grant, params);
    for (const part of joinByChain(params.instructions)) {
      const { chainId } = part;
      judgeCalls(grant, part, await reservations.expected(grant.grantId, chainId, holder), now());
    }
  };

  const named = async (grantId: string, wanted: Wanted): Promise<GrantRecord> => {
    const grant = await grants.get(grantId);
    if (grant?.origin !== wanted.origin) throw noGrant();
    await assertFits(grant, wanted);
    return grant;
  };

  return {
    /** By id, or the newest of this origin whose scope fits. @throws RpcError 4100 */
    find: async (wanted: Wanted): Promise<GrantRecord> => {
      if (wanted.params.grantId !== undefined) return named(wanted.params.grantId, wanted);
      const newestFirst = (await grants.ofOrigin(wanted.origin)).reverse();
      const usable = newestFirst.filter((grant) => grant.state === 'enabled');
      const candidates = usable.length > 0 ? usable : newestFirst.slice(0, 1);
      let firstRefusal: RpcError = noGrant();
      for (const [index, grant] of candidates.entries()) {
        const refusal = await refusalOf(() => assertFits(grant, wanted));
        if (!refusal) return grant;
        if (index === 0) firstRefusal = refusal;
      }
      throw firstRefusal;
    },
  };
};

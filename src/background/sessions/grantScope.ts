import type { Call } from '../../protocol/actions/call';
import { sameAddress } from '../../protocol/address';
import { type Fee, feeVerdict } from '../../protocol/scope/feeVerdict';
import type { Grant } from '../../protocol/scope/grant';
import type { Ledger } from '../../protocol/scope/ledger';
import { filedSelector } from '../../protocol/scope/placedCall';
import { verdict } from '../../protocol/scope/verdict';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import { actionNotUsable, chainNotGranted, feeRefused, outsideGrant } from './denials';

/** All calls of a request on one chain, in their order: one operation. */
export type ChainCalls = { chainId: number; calls: readonly Call[] };

/** Joins the instructions of one chain; chains in the order in which they come first. */
export const joinByChain = <C extends Call>(
  instructions: readonly { chainId: number; calls: readonly C[] }[],
): readonly { chainId: number; calls: readonly C[] }[] =>
  [...new Set(instructions.map(({ chainId }) => chainId))].map((chainId) => ({
    chainId,
    calls: instructions.filter((one) => one.chainId === chainId).flatMap(({ calls }) => calls),
  }));

export const permissionOn = (grant: GrantRecord, chainId: number): PlannedPermission => {
  const permission = grant.permissions.find((candidate) => candidate.chainId === chainId);
  if (!permission) throw chainNotGranted(chainId);
  return permission;
};

/** A permission as the scope judges it. */
export const scopeOf = (
  { account }: Pick<GrantRecord, 'account'>,
  { chainId, session, feeBudgetIndex, sharedFee }: PlannedPermission,
): Grant => ({
  account,
  chainId,
  session,
  feeBudgetIndex,
  ...(sharedFee === undefined ? {} : { sharedFee }),
});

/** Actions that are in the session and not, or no longer, on chain. @throws RpcError ACTION_REVOKED, ACTION_NOT_ENABLED */
const assertUsable = (permission: PlannedPermission, calls: readonly Call[]): void => {
  const { states, session, chainId } = permission;
  if (states === undefined) return;
  for (const { to, data } of calls) {
    const index = session.actions.findIndex(
      (action) => sameAddress(action.actionTarget, to) && action.actionTargetSelector === filedSelector(data),
    );
    const state = states[index];
    if (state !== undefined && state !== 'enabled') {
      throw actionNotUsable({ chainId, target: to, selector: filedSelector(data), state });
    }
  }
};

/**
 * The ledger of one chain after the calls, by the rules of the chain and those of Latchkey on top.
 * @param time unix seconds
 * @throws RpcError 4100 with every reason
 */
export const judgeCalls = (
  grant: GrantRecord,
  { chainId, calls }: ChainCalls,
  ledger: Ledger,
  time: number,
): Ledger => {
  const permission = permissionOn(grant, chainId);
  assertUsable(permission, calls);
  const judged = verdict({ grant: scopeOf(grant, permission), ledger, calls, time });
  if (!judged.allowed) throw outsideGrant(chainId, judged.reasons);
  return judged.ledger;
};

/**
 * The ledger of the paying chain after a fee. Fees and what the dapp does are counted apart.
 * @param time unix seconds
 * @throws RpcError FEE_BUDGET_EXCEEDED, FEE_BUDGET_MISSING
 */
export const judgeFee = (
  grant: GrantRecord,
  chainId: number,
  fee: Fee,
  ledger: Ledger,
  time: number,
): Ledger => {
  const judged = feeVerdict(scopeOf(grant, permissionOn(grant, chainId)), ledger, fee, time);
  if (!judged.allowed) throw feeRefused(fee.amount, judged.reasons);
  return judged.ledger;
};

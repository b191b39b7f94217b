import type { Denial } from '../../protocol/scope/denial';
import type { ActionState, GrantState } from '../../rpc/dapp/results';
import type { RpcError } from '../../rpc/errors';
import { invalidParams, unauthorized, unavailable } from '../errors/rpcErrors';

const maxReasons = 20;

/** The same words for a grant that never was and for another site's: neither tells that a grant exists. */
export const noGrant = (): RpcError =>
  unauthorized({
    reason: 'UNKNOWN_GRANT',
    message: 'This site has no such permission.',
    action: 'Ask for the permission first.',
  });

const stateWords: Record<Exclude<GrantState, 'enabled'>, { message: string; action: string }> = {
  enabling: {
    message: 'This permission is not enabled on chain yet.',
    action: 'Wait until latchkey_prepare answers.',
  },
  failed: {
    message: 'This permission was never enabled.',
    action: 'Ask for the permission again.',
  },
  revoking: {
    message: 'This permission was revoked; its key is destroyed.',
    action: 'Ask for a new permission.',
  },
  revoked: {
    message: 'This permission was revoked.',
    action: 'Ask for a new permission.',
  },
};

export const grantNotEnabled = (state: Exclude<GrantState, 'enabled'>): RpcError =>
  unauthorized({
    reason: state === 'enabling' || state === 'failed' ? 'GRANT_NOT_ENABLED' : 'GRANT_REVOKED',
    ...stateWords[state],
    details: { state },
  });

/** An action of the session that the chain doesn't have, or that was revoked here. */
export const actionNotUsable = (details: {
  chainId: number;
  target: string;
  selector: string;
  state: ActionState;
}): RpcError =>
  unauthorized({
    reason: details.state === 'revoked' ? 'ACTION_REVOKED' : 'ACTION_NOT_ENABLED',
    message:
      details.state === 'revoked'
        ? 'This function of the permission was revoked.'
        : 'This function of the permission is not enabled on chain.',
    action:
      details.state === 'revoked'
        ? 'Ask for a new permission.'
        : 'Use what is enabled, or ask for the missing function again.',
    details,
  });

/** An action to revoke that the permission doesn't have. */
export const actionUnknown = (): RpcError =>
  invalidParams({
    reason: 'ACTION_UNKNOWN',
    message: 'The permission has no such function.',
    action: 'Name contract and selector of an action as latchkey_getPermissions gives them.',
  });

/** What an account lacks on a chain so that a permission can't be used there. */
export type Missing = 'accountNotDeployed' | 'moduleMissing' | 'permissionNotEnabled';

const missingWords: Record<Missing, { reason: string; message: string }> = {
  accountNotDeployed: {
    reason: 'ACCOUNT_NOT_DEPLOYED',
    message: "The account isn't deployed on chain",
  },
  moduleMissing: {
    reason: 'MODULE_NOT_INSTALLED',
    message: "The account doesn't have the session module on chain",
  },
  permissionNotEnabled: {
    reason: 'PERMISSION_NOT_ENABLED',
    message: "The permission isn't enabled on chain",
  },
};

/** The chain doesn't hold what a permission needs there (yet, or no longer). */
export const notOnChain = (chainId: number, missing: Missing): RpcError =>
  unauthorized({
    reason: missingWords[missing].reason,
    message: `${missingWords[missing].message} ${chainId}.`,
    action: 'Wait until it is enabled there, use another chain of the permission, or ask for it again.',
    details: { chainId, state: missing },
  });

export const locked = (): RpcError =>
  unauthorized({
    reason: 'LOCKED',
    message: 'Latchkey is locked.',
    action: 'Have the person unlock Latchkey, then try again.',
  });

/** A permission that doesn't hold a session on a chain that is asked for. */
export const chainNotGranted = (chainId: number): RpcError =>
  unauthorized({
    reason: 'CHAIN_NOT_GRANTED',
    message: `The permission doesn't cover chain ${chainId}.`,
    action: 'Ask for a permission on this chain.',
    details: { chainId },
  });

const reasonOf = (chainId: number, denial: Denial): Record<string, unknown> => ({
  code: denial.code,
  chainId,
  callIndex: denial.callIndex,
  target: denial.target,
  selector: denial.selector,
  ...(denial.policy === undefined ? {} : { policy: denial.policy }),
  ...(denial.rule === undefined ? {} : { rule: denial.rule }),
  expected: denial.expected,
  got: denial.got,
  ...(denial.remaining === undefined ? {} : { remaining: denial.remaining.toString() }),
  message: denial.message,
});

/** Calls outside the grant: 4100 with the first reason as the sentence and all of them in `details.reasons`. */
export const outsideGrant = (chainId: number, reasons: readonly Denial[]): RpcError => {
  const [first] = reasons;
  return unauthorized({
    reason: first?.code ?? 'OUTSIDE_GRANT',
    message: first?.message ?? 'The calls are outside the permission.',
    action: 'Stay inside the permission, or ask for a wider one.',
    details: {
      ...(first ? reasonOf(chainId, first) : { chainId }),
      reasons: reasons.slice(0, maxReasons).map((denial) => reasonOf(chainId, denial)),
    },
  });
};

/** A fee that the permission can't pay: what the budget lacks is for the moment, no budget at all is for good. */
export const feeRefused = (amount: bigint, reasons: readonly Denial[]): RpcError => {
  const [first] = reasons;
  if (first === undefined || first.code === 'FEE_BUDGET_MISSING') {
    return unauthorized({
      reason: 'FEE_BUDGET_MISSING',
      message: "This permission can't pay fees in that token on that chain.",
      action: 'Ask for a permission that pays its fees there, or use it with sponsorship.',
    });
  }
  const remaining = first.remaining === undefined ? {} : { remaining: first.remaining.toString() };
  return unavailable({
    reason: first.code,
    message:
      first.code === 'FEE_BUDGET_EXCEEDED'
        ? "The node's fee is more than what is left of the permission's fee budget."
        : `The permission doesn't let the fee be paid: ${first.message}`,
    action: 'Try again when fees are lower, or ask for a new permission.',
    details: { fee: amount.toString(), ...remaining },
  });
};

import type { Denial } from '../../protocol/scope/denial';
import type { RpcError } from '../../rpc/errors';
import { unauthorized } from '../errors/rpcErrors';

const maxReasons = 20;

/** The same words for a grant that never was and for another site's: neither tells that a grant exists. */
export const noGrant = (): RpcError =>
  unauthorized({
    reason: 'UNKNOWN_GRANT',
    message: 'This site has no such permission.',
    action: 'Ask for the permission first.',
  });

export const grantNotEnabled = (state: 'enabling' | 'failed'): RpcError =>
  unauthorized({
    reason: 'GRANT_NOT_ENABLED',
    message:
      state === 'enabling'
        ? 'This permission is not enabled on chain yet.'
        : 'This permission was never enabled.',
    action: state === 'enabling' ? 'Wait until latchkey_prepare answers.' : 'Ask for the permission again.',
    details: { state },
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

import type { Call } from '../actions/call';
import { sameAddress } from '../address';
import { policyAddresses } from '../constants/addresses';
import { type Denial, wholeDenial } from './denial';
import type { Grant } from './grant';

/** Why no call at all can be made under a session, or null. */
export function sessionFault({ session }: Grant, calls: readonly Call[]): Denial | null {
  if (calls.length === 0) {
    return wholeDenial('NO_CALLS', {
      expected: 'at least one call',
      got: 'none',
      message: 'There is no call to make.',
    });
  }
  if (!session.permitERC4337Paymaster || session.userOpPolicies.length === 0) {
    return wholeDenial('SESSION_UNUSABLE', {
      expected: 'paymasters permitted and one policy for operations',
      got: `paymaster ${session.permitERC4337Paymaster}, ${session.userOpPolicies.length} policies`,
      message: "The session does not let a node pay the gas, so it can't be used.",
    });
  }
  const other = session.userOpPolicies.find(({ policy }) => !sameAddress(policy, policyAddresses.sudo));
  if (other === undefined) return null;
  return wholeDenial('SESSION_UNUSABLE', {
    expected: 'operations limited by actions only',
    got: `policy ${other.policy}`,
    message: "The session limits whole operations by a policy that can't be checked here.",
  });
}

import { sameAddress } from '../address';
import { policyAddresses } from '../constants/addresses';
import { type Denial, wholeDenial } from './denial';
import type { Grant } from './grant';

/** Why no call at all can be made under a session, or null. Operations of a supertransaction carry a paymaster. */
export function sessionFault({ session }: Grant): Denial | null {
  if (!session.permitERC4337Paymaster) {
    return wholeDenial('SESSION_UNUSABLE', 'PaymasterValidationNotEnabled', {
      expected: 'paymasters permitted',
      got: 'paymasters forbidden',
      message: "The session does not let a node pay the gas, so it can't be used.",
    });
  }
  if (session.userOpPolicies.length === 0) {
    return wholeDenial('SESSION_UNUSABLE', 'NoPoliciesSet', {
      expected: 'one policy for operations',
      got: 'none',
      message: "The session does not let a node pay the gas, so it can't be used.",
    });
  }
  const other = session.userOpPolicies.find(({ policy }) => !sameAddress(policy, policyAddresses.sudo));
  if (other !== undefined) {
    return wholeDenial('SESSION_UNUSABLE', null, {
      expected: 'operations limited by actions only',
      got: `policy ${other.policy}`,
      message: "The session limits whole operations by a policy that can't be checked here.",
    });
  }
  return null;
}

/** The refusal of an operation without calls. */
export function noCalls(): Denial {
  return wholeDenial('NO_CALLS', 'NoExecutionsInBatch', {
    expected: 'at least one call',
    got: 'none',
    message: 'There is no call to make.',
  });
}

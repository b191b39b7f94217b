import { selectors } from '../constants/selectors';
import type { SessionAction } from './action';
import { buildErc20Action, type Erc20ActionParameters } from './erc20';

/**
 * An action on ERC-20 `approve`; `recipientAddress` is the spender. An allowance outlives the session.
 * @throws ActionError, PolicyError, AddressError
 */
export function buildApproveAction(parameters: Erc20ActionParameters): SessionAction[] {
  return buildErc20Action({ selector: selectors.approve, recipient: 1, amount: 2 }, parameters);
}

import { selectors } from '../constants/selectors';
import type { SessionAction } from './action';
import { buildErc20Action, type Erc20ActionParameters } from './erc20';

/** An action on ERC-20 `transferFrom`; the recipient is its second argument. @throws ActionError, PolicyError, AddressError */
export function buildTransferFromAction(parameters: Erc20ActionParameters): SessionAction[] {
  return buildErc20Action({ selector: selectors.transferFrom, recipient: 2, amount: 3 }, parameters);
}

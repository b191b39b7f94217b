import { type Address, zeroAddress } from 'viem';
import { sameAddress } from '../address';
import { entryPointAddress, fallbackTargetAddress, smartSessionAddress } from '../constants/addresses';
import { validatorAddresses } from '../constants/versions';

/**
 * Why a target may never be called by a session key, or null: through it the key could give itself more rights.
 * @param account the smart account, when known
 * @param validators further validators of the account
 */
export function escalationReason(
  target: Address,
  account?: Address,
  validators: readonly Address[] = [],
): string | null {
  if (account !== undefined && sameAddress(target, account)) return 'the smart account itself';
  if (sameAddress(target, zeroAddress)) return 'the zero address';
  if (sameAddress(target, fallbackTargetAddress)) return 'the marker for every contract';
  if (sameAddress(target, smartSessionAddress)) return 'the session module';
  if (sameAddress(target, entryPointAddress)) return 'the entry point';
  const isValidator = [...validatorAddresses, ...validators].some((validator) =>
    sameAddress(target, validator),
  );
  return isValidator ? 'a validator of the account' : null;
}

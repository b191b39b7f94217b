import { type Address, encodeFunctionData } from 'viem';
import type { Call } from '../actions/call';
import { accountAbi, validatorAbi } from '../constants/abis';
import { smartSessionAddress } from '../constants/addresses';
import { validatorModuleType } from '../constants/modes';
import { type MeeVersion, meeVersions } from '../constants/versions';

/**
 * The two calls that make SmartSession usable on an account: install it as validator (ERC-7579 `installModule`), and
 * let the K1 validator accept it as a sender of signature checks (`addSafeSender`).
 */
export function installSmartSessionCalls({
  account,
  version,
}: {
  account: Address;
  version: MeeVersion;
}): Call[] {
  const install = encodeFunctionData({
    abi: accountAbi,
    functionName: 'installModule',
    args: [validatorModuleType, smartSessionAddress, '0x'],
  });
  const allow = encodeFunctionData({
    abi: validatorAbi,
    functionName: 'addSafeSender',
    args: [smartSessionAddress],
  });
  return [
    { to: account, value: 0n, data: install },
    { to: meeVersions[version].validatorAddress, value: 0n, data: allow },
  ];
}

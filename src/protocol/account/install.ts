import { type Address, encodeFunctionData } from 'viem';
import type { Call } from '../actions/call';
import { accountAbi, validatorAbi } from '../constants/abis';
import { smartSessionAddress } from '../constants/addresses';
import { validatorModuleType } from '../constants/modes';
import { type MeeVersion, meeVersions } from '../constants/versions';

/**
 * The two calls that make SmartSession usable on an account: install it as validator (ERC-7579 `installModule`), and
 * let the K1 validator accept it as a sender of signature checks (`addSafeSender`).
 * @param parameters.smartSession another deployment of the module; then it is that one everywhere
 */
export function installSmartSessionCalls(parameters: {
  account: Address;
  version: MeeVersion;
  smartSession?: Address;
}): Call[] {
  const { account, version, smartSession = smartSessionAddress } = parameters;
  const install = encodeFunctionData({
    abi: accountAbi,
    functionName: 'installModule',
    args: [validatorModuleType, smartSession, '0x'],
  });
  const allow = encodeFunctionData({
    abi: validatorAbi,
    functionName: 'addSafeSender',
    args: [smartSession],
  });
  return [
    { to: account, value: 0n, data: install },
    { to: meeVersions[version].validatorAddress, value: 0n, data: allow },
  ];
}

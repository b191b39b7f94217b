import { encodeFunctionData } from 'viem';
import { type MeeVersion, sessionContracts } from '../addresses';
import { accountAbi, validatorAbi } from './abis';
import { futureAccount, type TestAccount } from './account';
import { calls } from './calls';
import type { TestChain } from './chain';
import { expectDone, runOwnerOp } from './ops';

/** A deployed account with SmartSession installed and trusted by the owner validator. */
export async function sessionAccount(chain: TestChain, version: MeeVersion = '2.1.0'): Promise<TestAccount> {
  const account = await futureAccount(chain, version);
  const install = encodeFunctionData({
    abi: accountAbi,
    functionName: 'installModule',
    args: [1n, sessionContracts.SmartSession, '0x'],
  });
  const trust = encodeFunctionData({
    abi: validatorAbi,
    functionName: 'addSafeSender',
    args: [sessionContracts.SmartSession],
  });
  const outcome = await runOwnerOp(chain, account, {
    initCode: account.initCode,
    callData: calls.batch([
      { to: account.address, data: install },
      { to: account.contracts.validator, data: trust },
    ]),
  });
  expectDone(outcome);
  return account;
}

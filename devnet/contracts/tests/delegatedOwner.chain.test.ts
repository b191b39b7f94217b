import { concat, encodeFunctionData, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { accountContracts, type MeeVersion, sessionContracts } from '../addresses';
import { accountAbi, counterAbi, validatorAbi } from '../testKit/abis';
import type { TestAccount } from '../testKit/account';
import { calls } from '../testKit/calls';
import type { TestChain } from '../testKit/chain';
import { expectDone, runOp, runOwnerOp } from '../testKit/ops';
import { policies } from '../testKit/policies';
import { useChain, useOwnChain } from '../testKit/scene';
import { enabledSession, useSession } from '../testKit/session';
import { data, selectors } from '../testKit/tokens';

/** An owner whose own address delegates to the implementation, as EIP-7702 leaves it, with ether for gas. */
async function delegatedOwner(chain: TestChain, version: MeeVersion): Promise<TestAccount> {
  const owner = privateKeyToAccount(generatePrivateKey());
  const contracts = accountContracts[version];
  await chain.client.setCode({
    address: owner.address,
    bytecode: concat(['0xef0100', contracts.implementation]),
  });
  await chain.client.setBalance({ address: owner.address, value: parseEther('10') });
  return { address: owner.address, owner, contracts, initCode: '0x' };
}

const anyChain = useChain();
const ownChain = useOwnChain();

describe.each([
  ['2.0.0', anyChain],
  ['2.1.0', anyChain],
  ['2.2.1', ownChain],
] as const)('an owner’s own address, MEE %s', (version, chain) => {
  const increment = () => calls.single({ to: chain().counter, data: data.increment });

  it('validates by its owner, who is recorded nowhere', async () => {
    const account = await delegatedOwner(chain(), version);
    expectDone(await runOwnerOp(chain(), account, { callData: increment() }));
    const stranger = privateKeyToAccount(generatePrivateKey());
    const outcome = await runOp(chain(), account, {
      callData: increment(),
      validator: '0x0000000000000000000000000000000000000000',
      sign: (hash) => stranger.sign({ hash }),
    });
    expect(outcome).toEqual({ kind: 'refused', reason: 'AA24 signature error' });
  });

  it('takes the session module and a session', async () => {
    const account = await delegatedOwner(chain(), version);
    const install = encodeFunctionData({
      abi: accountAbi,
      functionName: 'installModule',
      args: [1n, sessionContracts.SmartSession, '0x'],
    });
    const args = [sessionContracts.SmartSession] as const;
    const trust = encodeFunctionData({ abi: validatorAbi, functionName: 'addSafeSender', args });
    const callData = calls.batch([
      { to: account.address, data: install },
      { to: account.contracts.validator, data: trust },
    ]);
    expectDone(await runOwnerOp(chain(), account, { callData }));
    const session = await enabledSession(chain(), account, {
      actions: [{ target: chain().counter, selector: selectors.incrementCount, policies: [policies.sudo()] }],
    });
    expectDone(await useSession(chain(), account, session, { callData: increment() }));
    const count = await chain().client.readContract({
      address: chain().counter,
      abi: counterAbi,
      functionName: 'countOf',
      args: [account.address],
    });
    expect(count).toBe(1n);
  });
});

import { encodeAbiParameters, encodeFunctionData, type Hex, keccak256, pad, parseEther, toHex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountContracts, sessionContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { accountAbi, counterAbi, factoryAbi, validatorAbi } from '../testKit/abis';
import { accountInitData, futureAccount, type TestAccount } from '../testKit/account';
import { calls } from '../testKit/calls';
import { openTestChain, type TestChain } from '../testKit/chain';
import { decodeRevert, expectDone, runOp, runOwnerOp } from '../testKit/ops';
import { sessionAccount } from '../testKit/sessionAccount';

let chain: TestChain;

beforeAll(async () => {
  chain = await openTestChain();
});

afterAll(() => chain.close());

const increment = encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' });
const refuse = encodeFunctionData({ abi: counterAbi, functionName: 'refuse' });

function countOf(account: TestAccount) {
  return chain.client.readContract({
    address: chain.counter,
    abi: counterAbi,
    functionName: 'countOf',
    args: [account.address],
  });
}

async function deployed() {
  const account = await futureAccount(chain);
  const callData = calls.single({ to: chain.counter, data: increment });
  expectDone(await runOwnerOp(chain, account, { initCode: account.initCode, callData }));
  return account;
}

function isInstalled(account: TestAccount, module: Hex) {
  return chain.client.readContract({
    address: account.address,
    abi: accountAbi,
    functionName: 'isModuleInstalled',
    args: [1n, module, '0x'],
  });
}

/** Calls the account as somebody, and reads why it refuses. */
async function refusalOf(account: TestAccount, from: Hex, data: Hex) {
  const result = await chain.client
    .call({ account: from, to: account.address, data })
    .then(() => undefined)
    .catch((error) => error.walk((cause: { data?: Hex }) => typeof cause.data === 'string').data);
  return result === undefined ? undefined : decodeRevert(result).name;
}

describe('creation', () => {
  it.each(['2.0.0', '2.1.0'] as const)(
    'deploys an account of MEE %s with its first operation',
    async (version) => {
      const account = await futureAccount(chain, version);
      expect(await chain.client.getCode({ address: account.address })).toBeUndefined();
      const outcome = await runOwnerOp(chain, account, {
        initCode: account.initCode,
        callData: calls.single({ to: chain.counter, data: increment }),
      });
      expectDone(outcome);
      expect(await countOf(account)).toBe(1n);
      const id = { address: account.address, abi: accountAbi, functionName: 'accountId' } as const;
      expect(await chain.client.readContract(id)).toBe('biconomy.nexus.1.2.0');
    },
  );

  it('computes an address of its own for each version and index', async () => {
    const addresses = await Promise.all(
      (['2.0.0', '2.1.0'] as const).flatMap((version) =>
        [0, 7].map((index) => {
          const contracts = accountContracts[version];
          return chain.client.readContract({
            address: contracts.factory,
            abi: factoryAbi,
            functionName: 'computeAccountAddress',
            args: [accountInitData(contracts, chain.bundler), toHex(index, { size: 32 })],
          });
        }),
      ),
    );
    expect(new Set(addresses).size).toBe(4);
  });

  it('gives what is there when it is created again', async () => {
    const account = await deployed();
    const { result } = await chain.client.simulateContract({
      address: account.contracts.factory,
      abi: factoryAbi,
      functionName: 'createAccount',
      args: [accountInitData(account.contracts, account.owner.address), pad('0x', { size: 32 })],
    });
    expect(result).toBe(account.address);
  });

  it('is initialised once, by nobody else', async () => {
    const account = await deployed();
    const args = [accountInitData(account.contracts, chain.bundler)] as const;
    const data = encodeFunctionData({ abi: accountAbi, functionName: 'initializeAccount', args });
    expect(await refusalOf(account, chain.bundler, data)).toBe('NotInitializable');
    expect(
      await refusalOf({ ...account, address: account.contracts.implementation }, chain.bundler, data),
    ).toBe('NotInitializable');
  });

  it('names its EIP-712 domain', async () => {
    const account = await deployed();
    const domain = { address: account.address, abi: accountAbi, functionName: 'eip712Domain' } as const;
    const [fields, name, version, chainId, verifier] = await chain.client.readContract(domain);
    expect({ fields, name, version, chainId, verifier }).toEqual({
      fields: '0x0f',
      name: 'Nexus',
      version: '1.2.0',
      chainId: BigInt(chain.client.chain.id),
      verifier: account.address,
    });
  });
});

describe('execution', () => {
  it('runs a batch in order and all or nothing', async () => {
    const account = await deployed();
    const one = { to: chain.counter, data: increment };
    expectDone(await runOwnerOp(chain, account, { callData: calls.batch([one, one]) }));
    expect(await countOf(account)).toBe(3n);
    const outcome = await runOwnerOp(chain, account, {
      callData: calls.batch([one, { to: chain.counter, data: refuse }]),
    });
    expect(outcome).toMatchObject({ kind: 'done', success: false, reason: { name: 'Refused' } });
    expect(await countOf(account)).toBe(3n);
  });

  it('goes on after a failed call in the try type', async () => {
    const account = await deployed();
    const list = [
      { to: chain.counter, data: refuse },
      { to: chain.counter, data: increment },
    ];
    expectDone(await runOwnerOp(chain, account, { callData: calls.batch(list, '0x0101') }));
    expect(await countOf(account)).toBe(2n);
  });

  it('sends value', async () => {
    const account = await deployed();
    const data = encodeFunctionData({ abi: counterAbi, functionName: 'pay' });
    expectDone(
      await runOwnerOp(chain, account, { callData: calls.single({ to: chain.counter, value: 5n, data }) }),
    );
    expect(await countOf(account)).toBe(6n);
  });

  it('refuses call and execution types it does not know', async () => {
    const account = await deployed();
    const unknownCall = await runOwnerOp(chain, account, { callData: calls.execute('0x02', '0x') });
    expect(unknownCall).toMatchObject({ success: false, reason: { name: 'UnsupportedCallType' } });
    const unknownExec = await runOwnerOp(chain, account, {
      callData: calls.batch([{ to: chain.counter, data: increment }], '0x0102'),
    });
    expect(unknownExec).toMatchObject({ success: false, reason: { name: 'UnsupportedExecType' } });
  });

  it('obeys the EntryPoint alone', async () => {
    const account = await deployed();
    const execute = calls.single({ to: chain.counter, data: increment });
    expect(await refusalOf(account, chain.bundler, execute)).toBe('AccountAccessUnauthorized');
    expect(await refusalOf(account, account.owner.address, execute)).toBe('AccountAccessUnauthorized');
    const args = [1n, sessionContracts.SmartSession, '0x'] as const;
    const install = encodeFunctionData({ abi: accountAbi, functionName: 'installModule', args });
    expect(await refusalOf(account, chain.bundler, install)).toBe('AccountAccessUnauthorized');
  });

  it('takes ether and tokens', async () => {
    const account = await deployed();
    const hash = await chain.client.sendTransaction({
      account: chain.bundler,
      to: account.address,
      value: parseEther('1'),
    });
    expect(await minedReceipt(chain.client, hash)).toMatchObject({ status: 'success' });
    const { result: erc721 } = await chain.client.simulateContract({
      address: account.address,
      abi: accountAbi,
      functionName: 'onERC721Received',
      args: [chain.bundler, chain.bundler, 1n, '0x'],
    });
    expect(erc721).toBe('0x150b7a02');
    const { result: erc1155 } = await chain.client.simulateContract({
      address: account.address,
      abi: accountAbi,
      functionName: 'onERC1155Received',
      args: [chain.bundler, chain.bundler, 1n, 1n, '0x'],
    });
    expect(erc1155).toBe('0xf23a6e61');
  });
});

describe('modules', () => {
  it('tells what is installed, before and after', async () => {
    const account = await deployed();
    expect(await isInstalled(account, sessionContracts.SmartSession)).toBe(false);
    const args = [1n, sessionContracts.SmartSession, '0x'] as const;
    const data = encodeFunctionData({ abi: accountAbi, functionName: 'installModule', args });
    const install = () =>
      runOwnerOp(chain, account, { callData: calls.single({ to: account.address, data }) });
    expectDone(await install());
    expect(await isInstalled(account, sessionContracts.SmartSession)).toBe(true);
    expect(await isInstalled(account, account.contracts.validator)).toBe(false);
    expect(await install()).toMatchObject({
      success: false,
      reason: { name: 'LinkedList_EntryAlreadyInList' },
    });
  });

  it('counts a module as installed when its storage slot is overridden', async () => {
    const account = await deployed();
    const namespace = '0x0bb70095b32b9671358306b0339b4c06e7cbd8cb82505941fba30d1eb5b82f00';
    const types = [{ type: 'address' }, { type: 'bytes32' }] as const;
    const slot = keccak256(encodeAbiParameters(types, [sessionContracts.SmartSession, namespace]));
    expect(slot).toBe('0x494f0dbebcb77709fe5871bb017efb5596bdf89c2f195b353883dec61246de5d');
    const installed = await chain.client.readContract({
      address: account.address,
      abi: accountAbi,
      functionName: 'isModuleInstalled',
      args: [1n, sessionContracts.SmartSession, '0x'],
      stateOverride: [{ address: account.address, stateDiff: [{ slot, value: toHex(1, { size: 32 }) }] }],
    });
    expect(installed).toBe(true);
  });

  it('removes a module', async () => {
    const account = await sessionAccount(chain);
    const previous = pad('0x01', { size: 20 });
    const types = [{ type: 'address' }, { type: 'bytes' }] as const;
    const args = [1n, sessionContracts.SmartSession, encodeAbiParameters(types, [previous, '0x'])] as const;
    const data = encodeFunctionData({ abi: accountAbi, functionName: 'uninstallModule', args });
    expectDone(await runOwnerOp(chain, account, { callData: calls.single({ to: account.address, data }) }));
    expect(await isInstalled(account, sessionContracts.SmartSession)).toBe(false);
  });

  it('lists its validators', async () => {
    const account = await sessionAccount(chain);
    const [validators, next] = await chain.client.readContract({
      address: account.address,
      abi: accountAbi,
      functionName: 'getValidatorsPaginated',
      args: [pad('0x01', { size: 20 }), 10n],
    });
    expect(validators).toEqual([sessionContracts.SmartSession]);
    expect(next).toBe('0x0000000000000000000000000000000000000001');
  });

  it('refuses a module of another kind', async () => {
    const account = await deployed();
    const args = [2n, sessionContracts.SmartSession, '0x'] as const;
    const data = encodeFunctionData({ abi: accountAbi, functionName: 'installModule', args });
    const outcome = await runOwnerOp(chain, account, {
      callData: calls.single({ to: account.address, data }),
    });
    expect(outcome).toMatchObject({ success: false, reason: { name: 'MismatchModuleTypeId' } });
  });

  it('answers what it supports', async () => {
    const account = await deployed();
    const supports = (kind: bigint) =>
      chain.client.readContract({
        address: account.address,
        abi: accountAbi,
        functionName: 'supportsModule',
        args: [kind],
      });
    expect(await Promise.all([1n, 2n, 3n, 5n].map(supports))).toEqual([true, true, true, false]);
    const mode = (value: Hex) =>
      chain.client.readContract({
        address: account.address,
        abi: accountAbi,
        functionName: 'supportsExecutionMode',
        args: [pad(value, { dir: 'right', size: 32 })],
      });
    expect(await Promise.all((['0x00', '0x01', '0x0101', '0x02', '0x0002'] as const).map(mode))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('validation', () => {
  it('refuses a validator in the nonce that is not installed', async () => {
    const account = await deployed();
    const outcome = await runOp(chain, account, {
      callData: calls.single({ to: chain.counter, data: increment }),
      validator: sessionContracts.SmartSession,
      sign: () => '0x',
    });
    expect(outcome).toEqual({
      kind: 'refused',
      reason: 'AA23 reverted',
      inner: { name: 'ValidatorNotInstalled', args: [sessionContracts.SmartSession] },
    });
  });

  it('does not take the default validator by name', async () => {
    const account = await deployed();
    const outcome = await runOp(chain, account, {
      callData: calls.single({ to: chain.counter, data: increment }),
      validator: account.contracts.validator,
      sign: (hash) => account.owner.sign({ hash }),
    });
    expect(outcome).toMatchObject({ kind: 'refused', inner: { name: 'ValidatorNotInstalled' } });
  });

  it('records the owner of a new account', async () => {
    const account = await deployed();
    const owner = await chain.client.readContract({
      address: account.contracts.validator,
      abi: validatorAbi,
      functionName: 'getOwner',
      args: [account.address],
    });
    expect(owner).toBe(account.owner.address);
  });
});

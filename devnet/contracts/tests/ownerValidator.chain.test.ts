import { concat, encodeFunctionData, type Hex, keccak256, pad, toHex } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { accountContracts, sessionContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { validatorAbi } from '../testKit/abis';
import { futureAccount, type TestAccount } from '../testKit/account';
import { calls } from '../testKit/calls';
import { expectDone, runOp, runOwnerOp } from '../testKit/ops';
import { policies } from '../testKit/policies';
import { scene, useChain } from '../testKit/scene';
import { useSession } from '../testKit/session';
import { sessionAccount } from '../testKit/sessionAccount';
import { data, selectors } from '../testKit/tokens';
import { boundedLeaf, merkleTree, ownerSignature, sessionSignature } from '../testKit/tree';

const chain = useChain();
const wrong = { kind: 'refused', reason: 'AA24 signature error' };
const expired = { kind: 'refused', reason: 'AA22 expired or not due' };
const other = keccak256('0x01');
const third = keccak256('0x02');
const defaultValidator = pad('0x', { size: 20 });

const raw = (signer: PrivateKeyAccount, hash: Hex) => signer.sign({ hash });
const personal = (signer: PrivateKeyAccount, hash: Hex) => signer.signMessage({ message: { raw: hash } });
const increment = () => calls.single({ to: chain().counter, data: data.increment });

function run(account: TestAccount, sign: (hash: Hex) => Hex | Promise<Hex>, at?: bigint) {
  const parts = { callData: increment(), validator: defaultValidator, sign };
  return runOp(chain(), account, at === undefined ? parts : { ...parts, at });
}

async function now() {
  return (await chain().client.getBlock()).timestamp;
}

function validator(account: TestAccount) {
  return { address: account.contracts.validator, abi: validatorAbi } as const;
}

describe('an operation of the owner', () => {
  it.each([
    ['raw', raw],
    ['as a personal message', personal],
  ])('is signed %s', async (_, sign) => {
    const account = await sessionAccount(chain());
    expectDone(await run(account, (hash) => sign(account.owner, hash)));
  });

  it.each([
    ['raw', raw, 1],
    ['as a personal message', personal, 1],
    ['as a personal message', personal, 2],
    ['as a personal message', personal, 3],
  ])('is signed by a root %s, over %i leaves', async (_, sign, size) => {
    const account = await sessionAccount(chain());
    const [lower, upper] = [0n, (await now()) + 1000n];
    const outcome = await run(account, async (hash) => {
      const leaves = [boundedLeaf(hash, lower, upper), other, third].slice(0, size);
      const { root, proofs } = merkleTree(leaves);
      return ownerSignature(root, lower, upper, proofs[0] ?? [], await sign(account.owner, root));
    });
    expectDone(outcome);
  });

  it('holds inside its time bounds, both ends included', async () => {
    const account = await sessionAccount(chain());
    const lower = (await now()) + 1000n;
    const upper = lower + 100n;
    const at = (time: bigint) =>
      run(
        account,
        async (hash) => {
          const root = boundedLeaf(hash, lower, upper);
          return ownerSignature(root, lower, upper, [], await personal(account.owner, root));
        },
        time,
      );
    expect(await at(lower - 1n)).toEqual(expired);
    expectDone(await at(lower));
    expectDone(await at(upper));
    expect(await at(upper + 1n)).toEqual(expired);
  });

  it('is refused with bounds that were not signed', async () => {
    const account = await sessionAccount(chain());
    const upper = (await now()) + 1000n;
    const outcome = await run(account, async (hash) => {
      const root = boundedLeaf(hash, 0n, upper);
      return ownerSignature(root, 0n, upper + 1n, [], await personal(account.owner, root));
    });
    expect(outcome).toEqual(wrong);
  });

  it('is refused when another operation was signed', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(account, async () => {
      const { root, proofs } = merkleTree([boundedLeaf(other, 0n, 0n), third]);
      return ownerSignature(root, 0n, 0n, proofs[0] ?? [], await personal(account.owner, root));
    });
    expect(outcome).toEqual(wrong);
  });

  it('is refused when somebody else signed', async () => {
    const account = await sessionAccount(chain());
    const stranger = privateKeyToAccount(generatePrivateKey());
    expect(await run(account, (hash) => raw(stranger, hash))).toEqual(wrong);
    const byRoot = await run(account, async (hash) => {
      const root = boundedLeaf(hash, 0n, 0n);
      return ownerSignature(root, 0n, 0n, [], await personal(stranger, root));
    });
    expect(byRoot).toEqual(wrong);
  });

  it.each(['0x', '0x1234', '0x177eee', `0x${'11'.repeat(65)}`] as const)(
    'is refused with %s',
    async (signature) => {
      const account = await sessionAccount(chain());
      expect(await run(account, () => signature)).toEqual(wrong);
    },
  );

  it.each(['0x177eee00', '0x177eee01', '0x177eee02'] as const)(
    'is refused with nothing after %s',
    async (prefix) => {
      const account = await sessionAccount(chain());
      const outcome = await run(account, (hash) => concat([prefix, hash]));
      expect(outcome).toMatchObject({ kind: 'refused' });
    },
  );
});

describe('an operation of a session key', () => {
  const sudo = () => ({
    actions: [{ target: chain().counter, selector: selectors.incrementCount, policies: [policies.sudo()] }],
  });

  it.each([
    ['bare, raw', raw, 0],
    ['bare, as a personal message', personal, 0],
    ['by a root, raw', raw, 2],
    ['by a root, as a personal message', personal, 1],
    ['by a root, as a personal message', personal, 3],
  ])('is signed %s', async (_, sign, size) => {
    const { account, session } = await scene(chain(), sudo());
    const outcome = await useSession(chain(), account, session, {
      callData: increment(),
      sign: async (hash) => {
        if (size === 0) return sign(session.key, hash);
        const { root, proofs } = merkleTree([hash, other, third].slice(0, size));
        return sessionSignature(root, proofs[0] ?? [], await sign(session.key, root));
      },
    });
    expectDone(outcome);
  });

  it('is refused with the leaf of the owner’s form', async () => {
    const { account, session } = await scene(chain(), sudo());
    const outcome = await useSession(chain(), account, session, {
      callData: increment(),
      sign: async (hash) => {
        const root = boundedLeaf(hash, 0n, 0n);
        return sessionSignature(root, [], await personal(session.key, root));
      },
    });
    expect(outcome).toEqual(wrong);
  });

  it('is refused for the default validator', async () => {
    const { account, session } = await scene(chain(), sudo());
    expect(await run(account, (hash) => raw(session.key, hash))).toEqual(wrong);
  });

  it('needs an address to be checked against', async () => {
    const account = await futureAccount(chain());
    const signature = await raw(account.owner, other);
    const check = (signer: Hex) =>
      chain().client.readContract({
        ...validator(account),
        functionName: 'validateSignatureWithData',
        args: [other, signature, signer],
      });
    expect(await check(account.owner.address)).toBe(true);
    expect(await check(sessionContracts.SmartSession)).toBe(false);
    await expect(check('0x1234')).rejects.toThrow('InvalidDataLength');
  });
});

describe('the owner', () => {
  it('may be handed over by the account', async () => {
    const account = await sessionAccount(chain());
    const next = privateKeyToAccount(generatePrivateKey());
    const args = [next.address] as const;
    const transfer = encodeFunctionData({ abi: validatorAbi, functionName: 'transferOwnership', args });
    const callData = calls.single({ to: account.contracts.validator, data: transfer });
    expectDone(await runOwnerOp(chain(), account, { callData }));
    expect(await run(account, (hash) => raw(account.owner, hash))).toEqual(wrong);
    expectDone(await run(account, (hash) => raw(next, hash)));
  });

  it('is the account itself where none is recorded', async () => {
    const account = await futureAccount(chain());
    const of = { ...validator(account), functionName: 'getOwner', args: [account.address] } as const;
    expect(await chain().client.readContract(of)).toBe(account.address);
    expectDone(await runOwnerOp(chain(), account, { callData: increment(), initCode: account.initCode }));
    expect(await chain().client.readContract(of)).toBe(account.owner.address);
  });

  it.each([
    ['2.0.0', false],
    ['2.1.0', true],
  ] as const)('with delegated code is accepted by MEE %s: %s', async (version, accepted) => {
    const account = await futureAccount(chain(), version);
    const bytecode = concat(['0xef0100', accountContracts[version].implementation]);
    await chain().client.setCode({ address: account.owner.address, bytecode });
    const outcome = await runOwnerOp(chain(), account, { callData: increment(), initCode: account.initCode });
    if (accepted) expectDone(outcome);
    else expect(outcome).toEqual({ kind: 'refused', reason: 'AA13 initCode failed or OOG' });
  });

  it.each([
    ['NoOwnerProvided', '0x'],
    ['NewOwnerIsNotEOA', sessionContracts.SmartSession],
    ['SafeSendersLengthInvalid', `0x${'11'.repeat(30)}`],
  ] as const)('is refused at installation with %s', async (name, installData) => {
    const { contracts } = await futureAccount(chain());
    const install = chain().client.simulateContract({
      address: contracts.validator,
      abi: validatorAbi,
      functionName: 'onInstall',
      args: [installData],
      account: chain().bundler,
    });
    await expect(install).rejects.toThrow(name);
  });

  it('is recorded once', async () => {
    const account = await sessionAccount(chain());
    const again = chain().client.simulateContract({
      ...validator(account),
      functionName: 'onInstall',
      args: [account.owner.address],
      account: account.address,
    });
    await expect(again).rejects.toThrow('ModuleAlreadyInitialized');
  });
});

describe('safe senders', () => {
  const isSafe = (account: TestAccount, sender: Hex) =>
    chain().client.readContract({
      ...validator(account),
      functionName: 'isSafeSender',
      args: [sender, account.address],
    });

  it('are added and removed by the account, for itself', async () => {
    const account = await sessionAccount(chain());
    const bystander = await futureAccount(chain());
    expect(await isSafe(account, sessionContracts.SmartSession)).toBe(true);
    expect(await isSafe(bystander, sessionContracts.SmartSession)).toBe(false);
    const args = [sessionContracts.SmartSession] as const;
    const remove = encodeFunctionData({ abi: validatorAbi, functionName: 'removeSafeSender', args });
    expect(encodeFunctionData({ abi: validatorAbi, functionName: 'addSafeSender', args }).slice(0, 10)).toBe(
      '0x5c81ca68',
    );
    const callData = calls.single({ to: account.contracts.validator, data: remove });
    expectDone(await runOwnerOp(chain(), account, { callData }));
    expect(await isSafe(account, sessionContracts.SmartSession)).toBe(false);
  });

  it('may come with the owner', async () => {
    const account = await futureAccount(chain());
    const senders = [toHex(7, { size: 20 }), toHex(8, { size: 20 })] as const;
    const install = {
      ...validator(account),
      functionName: 'onInstall',
      args: [concat([account.owner.address, ...senders])],
      account: account.address,
    } as const;
    await chain().client.impersonateAccount({ address: account.address });
    const hash = await chain().client.writeContract(install);
    await minedReceipt(chain().client, hash);
    await chain().client.stopImpersonatingAccount({ address: account.address });
    expect(await Promise.all(senders.map((sender) => isSafe(account, sender)))).toEqual([true, true]);
  });
});

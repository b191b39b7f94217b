import {
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
  pad,
  parseSignature,
  toHex,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { minedReceipt } from '../receipt';
import { tokenAbi } from '../testKit/abis';
import type { TestAccount } from '../testKit/account';
import { calls } from '../testKit/calls';
import { expectDone, runOp } from '../testKit/ops';
import { useChain } from '../testKit/scene';
import { sessionAccount } from '../testKit/sessionAccount';
import { data } from '../testKit/tokens';
import { boundedLeaf } from '../testKit/tree';

const chain = useChain();
const wrong = { kind: 'refused', reason: 'AA24 signature error' };
const bounds = [0n, 0xffffffffffffn] as const;
const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;
const permitTuple = [
  { type: 'address' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'uint256' },
  { type: 'bool' },
  { type: 'bytes32' },
  { type: 'uint48' },
  { type: 'uint48' },
  { type: 'uint8' },
  { type: 'bytes32' },
  { type: 'bytes32' },
  { type: 'bytes32[]' },
] as const;

const rootOf = (userOpHash: Hex) => boundedLeaf(userOpHash, ...bounds);

function run(account: TestAccount, sign: (userOpHash: Hex) => Promise<Hex>) {
  const callData = calls.single({ to: chain().counter, data: data.increment });
  return runOp(chain(), account, { callData, validator: pad('0x', { size: 20 }), sign });
}

const allowance = ({ owner, address }: TestAccount) =>
  chain().client.readContract({
    address: chain().permitToken,
    abi: tokenAbi,
    functionName: 'allowance',
    args: [owner.address, address],
  });

describe('a permit', () => {
  /** Signs a permit of 5 with the root as its deadline; `hands` is what the validator is told to do with it. */
  async function signPermit(account: TestAccount, root: Hex, hands: boolean, nonce = 0n) {
    const domain = {
      name: 'Permit Test Token',
      version: '1',
      chainId: chain().client.chain.id,
      verifyingContract: chain().permitToken,
    };
    const message = {
      owner: account.owner.address,
      spender: account.address,
      value: 5n,
      nonce,
      deadline: BigInt(root),
    };
    const signature = await account.owner.signTypedData({
      domain,
      types: permitTypes,
      primaryType: 'Permit',
      message,
    });
    const { r, s, v = 27n } = parseSignature(signature);
    const separator = await chain().client.readContract({
      address: chain().permitToken,
      abi: [
        {
          type: 'function',
          name: 'DOMAIN_SEPARATOR',
          inputs: [],
          outputs: [{ type: 'bytes32' }],
          stateMutability: 'view',
        },
      ],
      functionName: 'DOMAIN_SEPARATOR',
    });
    const [lower, upper] = bounds;
    const body = encodeAbiParameters(
      [{ type: 'tuple', components: permitTuple }],
      [
        [
          chain().permitToken,
          account.address,
          separator,
          5n,
          nonce,
          hands,
          root,
          Number(lower),
          Number(upper),
          Number(v),
          r,
          s,
          [],
        ],
      ],
    );
    return { body: concat(['0x177eee02', body]), v, r, s };
  }

  it('validates, and is handed to the token where it says so', async () => {
    const account = await sessionAccount(chain());
    expectDone(await run(account, async (hash) => (await signPermit(account, rootOf(hash), false)).body));
    expect(await allowance(account)).toBe(0n);
    expectDone(await run(account, async (hash) => (await signPermit(account, rootOf(hash), true)).body));
    expect(await allowance(account)).toBe(5n);
  });

  it('validates after somebody else has handed it in', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(account, async (hash) => {
      const { body, v, r, s } = await signPermit(account, rootOf(hash), true);
      const args = [
        account.owner.address,
        account.address,
        5n,
        BigInt(rootOf(hash)),
        Number(v),
        r,
        s,
      ] as const;
      const permit = encodeFunctionData({ abi: tokenAbi, functionName: 'permit', args });
      const sent = await chain().client.sendTransaction({
        account: chain().bundler,
        to: chain().permitToken,
        data: permit,
        gas: 200_000n,
      });
      await minedReceipt(chain().client, sent);
      return body;
    });
    expectDone(outcome);
  });

  it('is refused when the token takes it neither now nor before', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(
      account,
      async (hash) => (await signPermit(account, rootOf(hash), true, 9n)).body,
    );
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'AA23 reverted' });
  });

  it('is refused for another root', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(
      account,
      async (hash) => (await signPermit(account, keccak256(hash), false)).body,
    );
    expect(outcome).toEqual(wrong);
  });
});

describe('a transaction', () => {
  const tail = (bytes: Hex): Hex =>
    concat([bytes, '0x00', toHex(bounds[0], { size: 6 }), toHex(bounds[1], { size: 6 })]);
  const fields = (root: Hex) => ({
    to: chain().counter,
    data: concat(['0x12345678', root]),
    gas: 21_000n,
    nonce: 3,
  });

  it.each([
    ['bound to a chain', { chainId: 8453 }],
    ['bound to no chain', {}],
    ['bound to a chain with a large id', { chainId: 2_000_000_000 }],
  ])('of the legacy type validates, %s', async (_, chainOf) => {
    const account = await sessionAccount(chain());
    const outcome = await run(account, async (hash) => {
      const transaction = { ...fields(rootOf(hash)), ...chainOf, type: 'legacy', gasPrice: 7n } as const;
      return tail(concat(['0x177eee01', '0x00', await account.owner.signTransaction(transaction)]));
    });
    expectDone(outcome);
  });

  it('of type 2 validates, with an access list too', async () => {
    const account = await sessionAccount(chain());
    const accessList = [{ address: chain().counter, storageKeys: [pad('0x01', { size: 32 })] }];
    const outcome = await run(account, async (hash) => {
      const transaction = {
        ...fields(rootOf(hash)),
        type: 'eip1559',
        chainId: 1,
        maxFeePerGas: 9n,
        accessList,
      } as const;
      return tail(concat(['0x177eee01', await account.owner.signTransaction(transaction)]));
    });
    expectDone(outcome);
  });

  it('of type 1 is refused', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(account, async (hash) => {
      const transaction = {
        ...fields(rootOf(hash)),
        type: 'eip2930',
        chainId: 1,
        gasPrice: 9n,
        accessList: [],
      } as const;
      return tail(concat(['0x177eee01', await account.owner.signTransaction(transaction)]));
    });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'AA23 reverted' });
  });

  it('that ends with another root is no signature', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(account, async (hash) => {
      const transaction = {
        ...fields(keccak256(hash)),
        type: 'eip1559',
        chainId: 1,
        maxFeePerGas: 9n,
      } as const;
      return tail(concat(['0x177eee01', await account.owner.signTransaction(transaction)]));
    });
    expect(outcome).toEqual(wrong);
  });

  it('without room for a root is refused', async () => {
    const account = await sessionAccount(chain());
    const outcome = await run(account, async () => {
      const transaction = { ...fields('0x'), type: 'eip1559', chainId: 1, maxFeePerGas: 9n } as const;
      return tail(concat(['0x177eee01', await account.owner.signTransaction(transaction)]));
    });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'AA23 reverted' });
  });
});

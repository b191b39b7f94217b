import { concat, type Hex, hashMessage, hashTypedData, keccak256, pad } from 'viem';
import { signMessage, signTypedData } from 'viem/experimental/erc7739';
import { describe, expect, it } from 'vitest';
import { sessionContracts } from '../addresses';
import { accountAbi } from '../testKit/abis';
import type { TestAccount } from '../testKit/account';
import { useChain } from '../testKit/scene';
import { sessionAccount } from '../testKit/sessionAccount';
import { merkleTree, sessionSignature } from '../testKit/tree';

const chain = useChain();
const valid = '0x1626ba7e';
const invalid = '0xffffffff';
const hash = keccak256('0xabcd');
const defaultValidator = pad('0x', { size: 20 });

/** Asks the account about a signature for its default validator, as `from`. */
function ask(account: TestAccount, message: Hex, signature: Hex, from: Hex = chain().bundler) {
  return chain().client.readContract({
    address: account.address,
    abi: accountAbi,
    functionName: 'isValidSignature',
    args: [message, concat([defaultValidator, signature])],
    account: from,
  });
}

describe('ERC-1271', () => {
  it.each(['2.0.0', '2.1.0'] as const)('does not answer the probe of ERC-7739, MEE %s', async (version) => {
    const account = await sessionAccount(chain(), version);
    const answer = chain().client.readContract({
      address: account.address,
      abi: accountAbi,
      functionName: 'isValidSignature',
      args: [`0x${'7739'.repeat(16)}`, '0x'],
    });
    await expect(answer).rejects.toThrow('reverted');
  });

  it('takes a plain signature from a safe sender or the account itself, from nobody else', async () => {
    const account = await sessionAccount(chain());
    const signature = await account.owner.sign({ hash });
    expect(await ask(account, hash, signature, sessionContracts.SmartSession)).toBe(valid);
    expect(await ask(account, hash, signature, account.address)).toBe(valid);
    expect(await ask(account, hash, signature)).toBe(invalid);
  });

  it('takes a personal message that names the account', async () => {
    const account = await sessionAccount(chain());
    const other = await sessionAccount(chain());
    const signature = await signMessage(chain().client, {
      account: account.owner,
      message: 'hello',
      verifier: account.address,
    });
    expect(await ask(account, hashMessage('hello'), signature)).toBe(valid);
    expect(await ask(account, hashMessage('hell'), signature)).toBe(invalid);
    const foreign = await signMessage(chain().client, {
      account: account.owner,
      message: 'hello',
      verifier: other.address,
    });
    expect(await ask(account, hashMessage('hello'), foreign)).toBe(invalid);
  });

  it('takes typed data that names the account', async () => {
    const account = await sessionAccount(chain());
    const typed = {
      domain: { name: 'App', version: '1', chainId: 1, verifyingContract: account.address },
      types: { Order: [{ name: 'amount', type: 'uint256' }] },
      primaryType: 'Order',
      message: { amount: 5n },
    } as const;
    const signature = await signTypedData(chain().client, {
      ...typed,
      account: account.owner,
      verifier: account.address,
    });
    expect(await ask(account, hashTypedData(typed), signature)).toBe(valid);
    expect(await ask(account, hashTypedData({ ...typed, message: { amount: 6n } }), signature)).toBe(invalid);
  });

  it('takes a root whose leaf binds the account', async () => {
    const account = await sessionAccount(chain());
    const { root, proofs } = merkleTree([keccak256(concat([hash, account.address])), keccak256('0x01')]);
    const signature = await account.owner.signMessage({ message: { raw: root } });
    expect(await ask(account, hash, sessionSignature(root, proofs[0] ?? [], signature))).toBe(valid);
    expect(await ask(account, keccak256('0x02'), sessionSignature(root, proofs[0] ?? [], signature))).toBe(
      invalid,
    );
  });

  it('takes nothing from a session by itself', async () => {
    const account = await sessionAccount(chain());
    const answer = chain().client.readContract({
      address: account.address,
      abi: accountAbi,
      functionName: 'isValidSignature',
      args: [hash, concat([sessionContracts.SmartSession, `0x${'00'.repeat(130)}`])],
      account: chain().bundler,
    });
    expect(await answer).toBe(invalid);
  });
});

import { encodeFunctionData, type Hex, parseAbi, parseSignature, type TypedDataDomain, toHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { beforeAll, describe, expect, it } from 'vitest';
import { sessionContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { tokenAbi } from '../testKit/abis';
import { useChain } from '../testKit/scene';
import { data } from '../testKit/tokens';
import { installTestVariants, type TestVariants } from '../testVariants';

const chain = useChain();
const owner = privateKeyToAccount(generatePrivateKey());
const spender = privateKeyToAccount(generatePrivateKey()).address;
const forever = 2n ** 256n - 1n;
const extraAbi = parseAbi([
  'function version() view returns (string)',
  'function eip712Domain() view returns (bytes1, string, string, uint256, address, bytes32, uint256[])',
  'function permit(address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)',
]);

let variants: TestVariants;

beforeAll(async () => {
  variants = await installTestVariants({ rpcUrl: chain().rpcUrl, account: chain().bundler });
});

async function send(to: Hex, callData: Hex) {
  const hash = await chain().client.sendTransaction({
    account: chain().bundler,
    to,
    data: callData,
    gas: 300_000n,
  });
  return (await minedReceipt(chain().client, hash)).status;
}

const allowance = (address: Hex) =>
  chain().client.readContract({
    address,
    abi: tokenAbi,
    functionName: 'allowance',
    args: [owner.address, spender],
  });

const says = (address: Hex, functionName: 'version' | 'eip712Domain') =>
  chain()
    .client.readContract({ address, abi: extraAbi, functionName })
    .then(
      () => true,
      () => false,
    );

describe('a permit', () => {
  const types = {
    Permit: ['owner:address', 'spender:address', 'value:uint256', 'nonce:uint256', 'deadline:uint256'].map(
      (field) => {
        const [name = '', type = ''] = field.split(':');
        return { name, type };
      },
    ),
  };

  async function permit(token: Hex, domain: TypedDataDomain) {
    const message = { owner: owner.address, spender, value: 5n, nonce: 0n, deadline: forever };
    const signature = await owner.signTypedData({ domain, types, primaryType: 'Permit', message });
    const { r, s, v = 27n } = parseSignature(signature);
    const args = [owner.address, spender, 5n, forever, Number(v), r, s] as const;
    return send(token, encodeFunctionData({ abi: tokenAbi, functionName: 'permit', args }));
  }

  const chainId = () => chain().client.chain.id;

  it.each([
    ['versionedToken', () => ({ name: 'USD Coin', version: '2', chainId: chainId() }), true, false],
    ['bareToken', () => ({ name: 'Bare Permit Token', version: '1', chainId: chainId() }), false, false],
    [
      'saltToken',
      () => ({ name: 'Salt Permit Token', version: '1', salt: toHex(chainId(), { size: 32 }) }),
      false,
      false,
    ],
  ] as const)('of the %s needs its own domain', async (name, domain, tellsVersion, tellsDomain) => {
    const verifyingContract = variants[name];
    const usual = { name: 'USD Coin', version: '1', chainId: chainId(), verifyingContract };
    expect(await permit(verifyingContract, usual)).toBe('reverted');
    expect(await permit(verifyingContract, { ...domain(), verifyingContract })).toBe('success');
    expect(await allowance(verifyingContract)).toBe(5n);
    expect(await says(verifyingContract, 'version')).toBe(tellsVersion);
    expect(await says(verifyingContract, 'eip712Domain')).toBe(tellsDomain);
  });

  it('of Dai’s shape allows all', async () => {
    const { daiToken } = variants;
    const daiTypes = {
      Permit: [
        { name: 'holder', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'expiry', type: 'uint256' },
        { name: 'allowed', type: 'bool' },
      ],
    } as const;
    const signature = await owner.signTypedData({
      domain: { name: 'Dai Test Token', version: '1', chainId: chainId(), verifyingContract: daiToken },
      types: daiTypes,
      primaryType: 'Permit',
      message: { holder: owner.address, spender, nonce: 0n, expiry: 0n, allowed: true },
    });
    const { r, s, v = 27n } = parseSignature(signature);
    const args = [owner.address, spender, 0n, 0n, true, Number(v), r, s] as const;
    const call = encodeFunctionData({ abi: extraAbi, functionName: 'permit', args });
    expect(call.slice(0, 10)).toBe('0x8fcbaf0c');
    expect(await send(daiToken, call)).toBe('success');
    expect(await allowance(daiToken)).toBe(forever);
    const decimals = await chain().client.readContract({
      address: daiToken,
      abi: tokenAbi,
      functionName: 'decimals',
    });
    expect(decimals).toBe(18);
  });
});

it('the strict token raises an allowance from zero only', async () => {
  const approve = (amount: bigint) => send(variants.strictToken, data.approve(spender, amount));
  expect(await approve(9n)).toBe('success');
  expect(await approve(10n)).toBe('reverted');
  expect(await approve(0n)).toBe('success');
  expect(await approve(10n)).toBe('success');
});

it('the other SmartSession has the code of the usual one', async () => {
  const codeAt = (address: Hex) => chain().client.getCode({ address });
  expect(variants.otherSmartSession).not.toBe(sessionContracts.SmartSession);
  expect(await codeAt(variants.otherSmartSession)).toBe(await codeAt(sessionContracts.SmartSession));
});

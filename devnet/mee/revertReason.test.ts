import { encodeErrorResult, type Hex, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import { describeRevert } from './revertReason';

const permissionId = `0x${'5a'.repeat(32)}` as const;
const policy = '0x00000000001d4479FA2A947026204d0283ceDe4B';

const entryPointErrors = parseAbi([
  'error FailedOp(uint256 opIndex, string reason)',
  'error FailedOpWithRevert(uint256 opIndex, string reason, bytes inner)',
]);
const violation = encodeErrorResult({
  abi: parseAbi(['error PolicyViolation(bytes32 permissionId, address policy)']),
  errorName: 'PolicyViolation',
  args: [permissionId, policy],
});

const withInner = (inner: Hex): Hex =>
  encodeErrorResult({
    abi: entryPointErrors,
    errorName: 'FailedOpWithRevert',
    args: [0n, 'AA23 reverted', inner],
  });

describe('describeRevert', () => {
  it('reads through EntryPoint to the policy', () => {
    expect(describeRevert(withInner(violation))).toEqual({
      text: `AA23 reverted: PolicyViolation(${permissionId}, ${policy})`,
      names: ['AA23 reverted', 'PolicyViolation'],
    });
  });

  it('gives the plain code of EntryPoint where there is no more', () => {
    const data = encodeErrorResult({
      abi: entryPointErrors,
      errorName: 'FailedOp',
      args: [0n, 'AA24 signature error'],
    });
    expect(describeRevert(data).text).toBe('AA24 signature error');
    expect(describeRevert(withInner('0x')).text).toBe('AA23 reverted');
  });

  it.each([
    ['0x8a8a722d', 'ValueLimitExceeded'],
    ['0x6d3a33ce', 'PolicyNotInitialized'],
  ])('names the policy error %s of which SmartSession keeps the first word', (selector, name) => {
    const word = `0xf4270752${selector.slice(2)}${'00'.repeat(28)}` as const;
    expect(describeRevert(word).text).toBe(`PolicyCheckReverted(0x${word.slice(10)}) by ${name}`);
  });

  it.each([
    ['0x1c792c05', `${permissionId.slice(2)}`, `NoPoliciesSet(${permissionId})`],
    ['0x526d0da5', `${permissionId.slice(2)}`, `InvalidPermissionId(${permissionId})`],
    ['0x540733ea', '', 'InvalidSelfCall()'],
  ])('knows the SmartSession error %s', (selector, rest, text) => {
    expect(describeRevert(`0x${selector.slice(2)}${rest}`).text).toBe(text);
  });

  it('keeps what it does not know', () => {
    expect(describeRevert('0xdeadbeef')).toEqual({ text: 'reverted with 0xdeadbeef', names: [] });
    expect(describeRevert('0x').text).toBe('reverted without a reason');
  });

  it('reads a message of Solidity', () => {
    const data = encodeErrorResult({
      abi: parseAbi(['error Error(string message)']),
      errorName: 'Error',
      args: ['no'],
    });
    expect(describeRevert(data).text).toBe('Error(no)');
  });
});

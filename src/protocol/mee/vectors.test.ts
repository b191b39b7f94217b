import { domainSeparator, hashMessage, hashTypedData, keccak256, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { meeVersions } from '../constants/versions';
import { asAddress, asHex, vectorChecks } from '../testing/vectors';
import { encodeOnChainSignature, encodePermitSignature, encodeSimpleSignature } from './clientSignature';
import { meeUserOpHash, userOpHash } from './hash';
import vectors from './mee.vectors.json';
import { superTransactionRoot, superTransactionRoots } from './merkle';
import { parseQuoteResponse } from './quoteResponse';
import { installedOverride, nonceSlot } from './simulation';
import { type RecordingName, rebuiltRequest, recordedResponse } from './testing/recordings';
import { planTrigger } from './trigger';
import { permitTypedData, triggerTransaction } from './triggerPayload';
import { superTransactionTypedData, superTransactionTypedHash } from './typedData';
import { type VerifiedQuote, verifyQuote } from './verify';

const { input: keys } = vectors.keys;
const owner = privateKeyToAccount(asHex(keys.userPrivateKey));
const session = privateKeyToAccount(asHex(keys.sessionPrivateKey));

const verified = (name: RecordingName): VerifiedQuote =>
  verifyQuote({
    request: rebuiltRequest(name),
    response: parseQuoteResponse(recordedResponse(name)),
    maxFee: 10n ** 9n,
  });

/** A verified quote of a recording that is asked to carry another hash. */
const withHash = (name: RecordingName, hash: string): VerifiedQuote => ({
  ...verified(name),
  hash: asHex(hash),
});

const recordedHash = (name: RecordingName) => (vector: { input: { quoteHash: string } }) => {
  expect(verified(name).hash).toBe(vector.input.quoteHash);
};

const itemsOf = ({ userOpHashes, lower, upper }: { userOpHashes: string[]; lower: number; upper: number }) =>
  userOpHashes.map((hash) => ({
    userOpHash: asHex(hash),
    lowerBoundTimestamp: BigInt(lower),
    upperBoundTimestamp: BigInt(upper),
  }));

const checks = vectorChecks(vectors, {
  keys: ({ expected }) => {
    expect({ user: owner.address, session: session.address }).toEqual(expected);
  },
  'hash/userOpHash': ({ input, expected }) => {
    const { userOp } = input;
    const typed = {
      ...userOp,
      sender: asAddress(userOp.sender),
      initCode: asHex(userOp.initCode),
      callData: asHex(userOp.callData),
      paymasterAndData: asHex(userOp.paymasterAndData),
    };
    expect(userOpHash(typed, BigInt(input.chainId))).toBe(expected);
  },
  'hash/meeUserOpHash': ({ input, expected }) => {
    const { userOpHash: hash, lower, upper } = input;
    expect(meeUserOpHash(asHex(hash), BigInt(lower), BigInt(upper))).toBe(expected);
  },
  'hash/merkle 3 leaves': ({ input, expected }) => {
    expect(superTransactionRoots(input.leaves.map(asHex))).toContain(expected.root);
  },
  'hash/supertransaction EIP-712 (>=2.2.1 simple)': ({ input, expected }) => {
    const { meeUserOps } = input.message;
    const items = meeUserOps.map(({ userOpHash: hash, lowerBoundTimestamp, upperBoundTimestamp }) => ({
      userOpHash: asHex(hash),
      lowerBoundTimestamp: BigInt(lowerBoundTimestamp),
      upperBoundTimestamp: BigInt(upperBoundTimestamp),
    }));
    const data = superTransactionTypedData(items);
    expect(superTransactionTypedHash(items)).toBe(expected.digest);
    expect(data.domain).toEqual(input.domain);
    expect(data.types).toEqual(input.types);
    const member = 'MeeUserOp(bytes32 userOpHash,uint256 lowerBoundTimestamp,uint256 upperBoundTimestamp)';
    expect(keccak256(stringToHex(member))).toBe(expected.meeUserOpTypeHash);
    expect(keccak256(stringToHex(`SuperTx(MeeUserOp[] meeUserOps)${member}`))).toBe(expected.superTxTypeHash);
    expect(keccak256(stringToHex('EIP712Domain(string name)'))).toBe(expected.domainTypeHash);
  },
  'det/simple full (MEE K1 validator <2.2.1)': async ({ input, expected }) => {
    const { userOpHashes, lower, upper } = input;
    const leaves = userOpHashes.map((hash) => meeUserOpHash(asHex(hash), BigInt(lower), BigInt(upper)));
    expect(leaves).toEqual(expected.leaves);
    const root = superTransactionRoot(leaves);
    expect(root).toBe(expected.root);
    const signature = await owner.sign({ hash: hashMessage({ raw: root }) });
    expect(signature).toBe(expected.personalSignature);
    expect(encodeSimpleSignature(signature)).toBe(expected.clientSignature);
  },
  'det/session USE short (leaves are raw userOpHashes)': async ({ input, expected }) => {
    const root = superTransactionRoot(input.userOpHashes.map(asHex));
    expect(root).toBe(expected.root);
    expect(await session.sign({ hash: hashMessage({ raw: root }) })).toBe(expected.personalSignature);
  },
  'det/simple EIP-712 (2.2.1)': async ({ input, expected }) => {
    const hash = superTransactionTypedHash(itemsOf(input));
    expect(hash).toBe(expected.digest);
    expect(await owner.sign({ hash })).toBe(expected.signature);
  },
  'det/permit': async ({ input, expected }) => {
    const { domain, message } = input.typedData;
    const token = asAddress(input.trigger.tokenAddress);
    const amount = BigInt(input.trigger.amount);
    const { request } = planTrigger(
      { tokenAddress: token, chainId: input.trigger.chainId, amount },
      { quoteType: 'permit', owner: owner.address },
    );
    const hash = `0x${BigInt(message.deadline).toString(16).padStart(64, '0')}`;
    const spender = asAddress(message.spender);
    const data = permitTypedData(withHash('permit PREPARE', hash), {
      domain: { ...domain, verifyingContract: asAddress(domain.verifyingContract) },
      owner: owner.address,
      account: spender,
      nonce: BigInt(message.nonce),
      trigger: request,
    });
    expect(hashTypedData(data)).toBe(expected.digest);
    const signature = await owner.signTypedData(data);
    expect(signature).toBe(expected.signature);
    const separator = domainSeparator({ domain: data.domain });
    expect(separator).toBe(expected.domainSeparator);
    const permit = {
      token,
      spender,
      domainSeparator: separator,
      amount,
      chainId: 8453,
      nonce: 0n,
      signature,
    };
    expect(encodePermitSignature(permit)).toBe(expected.clientSignature);
  },
  'det/onchain trigger transaction': ({ input, expected }) => {
    const { request } = planTrigger(
      {
        tokenAddress: asAddress(input.trigger.tokenAddress),
        chainId: input.trigger.chainId,
        amount: BigInt(input.trigger.amount),
      },
      { quoteType: 'onchain', owner: owner.address },
    );
    const { to, data } = triggerTransaction(withHash('onchain PREPARE', input.hash), {
      account: asAddress(input.spender),
      suite: meeVersions['2.0.0'],
      trigger: request,
    });
    expect({ to, data }).toEqual(expected);
  },
  'det/onchain native trigger transaction': ({ input, expected }) => {
    const account = asAddress(input.recipient);
    const { request } = planTrigger(
      {
        tokenAddress: '0x0000000000000000000000000000000000000000',
        chainId: 8453,
        amount: BigInt(input.amount),
      },
      { quoteType: 'onchain', owner: owner.address },
    );
    const { hash } = vectors['det/onchain trigger transaction'].input;
    const { to, data, value } = triggerTransaction(withHash('onchain PREPARE', hash), {
      account,
      suite: meeVersions['2.0.0'],
      trigger: request,
    });
    expect({ to, data, value: String(value) }).toEqual(expected);
  },
  'det/onchain client signature': ({ input, expected }) => {
    const { txHash, chainId } = input;
    expect(encodeOnChainSignature({ transactionHash: asHex(txHash), chainId })).toBe(expected);
  },
  'nonce/storage slot of (account,key)': ({ input, expected }) => {
    expect(nonceSlot(asAddress(input.account), BigInt(input.nonceKey))).toBe(expected);
  },
  'overrides/isModuleInstalled slot': ({ input, expected }) => {
    const { account, chainId, validator } = input;
    const override = installedOverride({
      account: asAddress(account),
      chainId,
      module: asAddress(validator),
    });
    expect([override]).toEqual(expected);
  },
  'packed/simple PREPARE': recordedHash('simple PREPARE'),
  'packed/simple USE': recordedHash('simple USE'),
  'packed/permit PREPARE': recordedHash('permit PREPARE'),
  'packed/permit USE': recordedHash('permit USE'),
  'packed/onchain PREPARE': recordedHash('onchain PREPARE'),
  'packed/onchain USE': recordedHash('onchain USE'),
});

describe('the known hashes and signatures', () => {
  it.each(checks)('%s', async (_name, check) => {
    expect.hasAssertions();
    await check();
  });
});

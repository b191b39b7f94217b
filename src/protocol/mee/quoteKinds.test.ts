import { type Address, hashMessage, slice, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { authorizationHash, encodeEip7702Auth } from '../account/authorization';
import { buildCustomAction } from '../actions/custom';
import { encodeExecute } from '../actions/execute';
import { meeVersions } from '../constants/versions';
import { buildSessionDetails } from '../session/details';
import { buildSession } from '../session/session';
import { decodeUseSignature } from '../session/signature';
import { buildOperationsExecRequest } from './exec';
import { planSuperTransaction, type SuperTransactionPlan } from './plan';
import type { QuoteRequest } from './quoteRequest';
import type { QuoteResponse } from './quoteResponse';
import { buildExecRequest, operationDigests, quoteTypedData, superTransactionDigest } from './sign';
import { defaultSponsor } from './sponsorship';
import { filledQuote, hashOf, node } from './testing/filledQuote';
import { type Change, changeOp, changePayment, changeUserOp, hostile } from './testing/hostileNode';
import { planTrigger } from './trigger';
import { settleTrigger } from './triggerPayload';
import { verifyQuote } from './verify';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const session = privateKeyToAccount(`0x${'22'.repeat(32)}`);
const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const otherToken: Address = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';
const attacker: Address = '0x000000000000000000000000000000000000dEaD';
const suite = meeVersions['2.0.0'];

const instruction = (chainId: number) => ({
  chainId,
  composable: false as const,
  calls: [{ to: counter, value: 0n, data: '0xe5071b8e' as const }],
});
const plan: SuperTransactionPlan = {
  mode: 'PREPARE',
  account,
  owner: owner.address,
  version: '2.0.0',
  instructions: [instruction(8453), instruction(10)],
  payment: { token, chainId: 8453 },
  bounds: { lower: 1_800_000_000, upper: 1_800_000_180 },
};
const requestOf = (changes: Partial<SuperTransactionPlan> = {}): QuoteRequest => {
  const planned = planSuperTransaction({ ...plan, ...changes } as SuperTransactionPlan);
  return planned.build(planned.chainIds.map((_id, index) => BigInt(index + 1) << 64n));
};
const verify = (request: QuoteRequest, response: QuoteResponse, maxFee = 1_000n) =>
  verifyQuote({ request, response, maxFee });
const names = (field: string) => expect.objectContaining({ code: 'QUOTE_MISMATCH', field });

describe('a quote that a sponsor pays', () => {
  const trusted = requestOf({ payment: { sponsor: defaultSponsor } });
  const own = requestOf({
    payment: { sponsor: { ...defaultSponsor, url: 'https://sponsor.example/v1' }, nonce: 5n },
  });

  it('costs nothing and is accepted with the payment in the tree or, for the public sponsor, beside it', () => {
    for (const hashing of ['root', 'rootWithoutPayment'] as const) {
      const quote = verify(trusted, filledQuote(trusted, 900_000n, hashing), 0n);
      expect(quote).toMatchObject({ sponsored: true, signing: 'personal', fee: { amount: 0n } });
    }
    const foreign = requestOf({
      payment: {
        sponsor: {
          url: 'https://sponsor.example/v1',
          gasTank: { ...defaultSponsor.gasTank, address: counter },
        },
        nonce: 5n,
      },
    });
    expect(() => verify(foreign, filledQuote(foreign, 1n, 'root'))).not.toThrow();
    expect(() => verify(foreign, filledQuote(foreign, 1n, 'rootWithoutPayment'))).toThrow(names('hash'));
    expect(own.paymentInfo).toMatchObject({ sponsored: true, nonce: 5n, chainId: 8453n });
  });

  it('leaves out the chain of the sponsor where only the sponsor acts', () => {
    const request = requestOf({ payment: { sponsor: defaultSponsor }, instructions: [instruction(10)] });
    expect(request.meeVersions.map(({ chainId }) => chainId)).toEqual([10]);
    const quote = verify(request, filledQuote(request, 0n));
    const body = buildExecRequest(quote, `0x${'ab'.repeat(64)}1b`);
    expect(body.meeVersions.map(({ chainId }) => chainId)).toEqual([10]);
  });

  it.each<[string, Change]>([
    ['userOps[0].sender', changeUserOp(0, { sender: account })],
    ['userOps[0].sender', changeUserOp(0, { sender: attacker })],
    ['paymentInfo.sponsored', changePayment({ sponsored: false })],
    [
      'userOps[1].callData',
      changeUserOp(1, { callData: encodeExecute([{ to: attacker, value: 1n, data: '0x' }]) }),
    ],
  ])('is refused when the node changes %s', (field, change) => {
    expect(() => verify(trusted, hostile(filledQuote(trusted, 0n), change))).toThrow(names(field));
  });

  it('is refused when the sponsor is the account itself', () => {
    const request = requestOf({
      payment: {
        sponsor: { url: 'https://sponsor.example/v1', gasTank: { chainId: 8453, address: account, token } },
      },
    });
    expect(() => verify(request, filledQuote(request, 0n))).toThrow(names('userOps[0].sender'));
  });

  it('is refused when a hash of the payment is not that of its operation', () => {
    const honest = filledQuote(trusted, 0n);
    const [payment, ...rest] = honest.userOps;
    if (payment === undefined) expect.unreachable();
    const opaque = { ...payment, userOpHash: rest[0]?.userOpHash ?? payment.userOpHash };
    expect(() => verify(trusted, { ...honest, userOps: [opaque, ...rest] })).toThrow(
      names('userOps[0].userOpHash'),
    );
  });
});

describe('a fee in native coin', () => {
  const request = requestOf({ payment: { token: zeroAddress, chainId: 8453 } });

  it('is one plain transfer to the node', () => {
    const quote = verify(request, filledQuote(request, 77n));
    expect(quote.fee).toMatchObject({ token: zeroAddress, amount: 77n, recipient: node, payer: account });
  });

  it.each<[string, readonly { to: Address; value: bigint; data: `0x${string}` }[]]>([
    ['another recipient', [{ to: attacker, value: 77n, data: '0x' }]],
    ['calldata', [{ to: node, value: 77n, data: '0xe5071b8e' }]],
    [
      'two transfers',
      [
        { to: node, value: 77n, data: '0x' },
        { to: node, value: 77n, data: '0x' },
      ],
    ],
  ])('is refused with %s', (_name, calls) => {
    const change = changeUserOp(0, { callData: encodeExecute(calls) });
    expect(() => verify(request, hostile(filledQuote(request, 77n), change))).toThrow(
      names('userOps[0].callData'),
    );
  });
});

describe('a delegation of the owner', () => {
  const authorization = { chainId: 8453, address: suite.implementationAddress, nonce: 7 };
  const signed = async () => {
    const signature = await owner.sign({ hash: authorizationHash(authorization) });
    return encodeEip7702Auth(authorization, signature);
  };

  it('rides on the first operation of its chain and must come back as it was', async () => {
    const eip7702Auth = await signed();
    const request = requestOf({
      deployments: new Map([
        [8453, { eip7702Auth }],
        [10, { eip7702Auth }],
      ]),
    });
    expect(request.paymentInfo).toMatchObject({ eip7702Auth });
    expect(request.userOps.map((op) => op.eip7702Auth)).toEqual([undefined, eip7702Auth]);
    const honest = filledQuote(request, 1n);
    expect(() => verify(request, honest)).not.toThrow();
    for (const [member, value] of Object.entries({
      chainId: '0x0',
      nonce: '0x8',
      r: '0x1',
      s: '0x1',
      yParity: '0x5',
    })) {
      const change = changeOp(0, () => ({ eip7702Auth: { ...eip7702Auth, [member]: value } }));
      expect(() => verify(request, hostile(honest, change)), member).toThrow(
        names(`userOps[0].eip7702Auth.${member}`),
      );
    }
    const elsewhere = changeOp(2, () => ({ eip7702Auth: { ...eip7702Auth, address: attacker } }));
    expect(() => verify(request, hostile(honest, elsewhere))).toThrow(
      names('userOps[2].eip7702Auth.address'),
    );
    const dropped = changeOp(2, () => ({ eip7702Auth: undefined }));
    expect(() => verify(request, hostile(honest, dropped))).toThrow(names('userOps[2].eip7702Auth'));
  });
});

describe('a clean-up', () => {
  const request = requestOf({
    cleanUps: [{ tokenAddress: token, chainId: 10, recipientAddress: owner.address }],
  });

  it('is an operation of its own that may run longer', () => {
    const [, , cleanUp] = request.userOps;
    expect(cleanUp).toMatchObject({
      isCleanUpUserOp: true,
      chainId: 10n,
      upperBoundTimestamp: 1_800_000_270,
    });
    expect(() => verify(request, filledQuote(request, 1n))).not.toThrow();
  });

  it.each<[string, Change]>([
    ['userOps[3].isCleanUpUserOp', changeOp(3, () => ({ isCleanUpUserOp: false }))],
    ['userOps[3].upperBoundTimestamp', changeOp(3, () => ({ upperBoundTimestamp: '1800000180' }))],
    ['userOps[3].callData', changeUserOp(3, { callData: '0x00' })],
  ])('is refused when the node changes %s', (field, change) => {
    expect(() => verify(request, hostile(filledQuote(request, 1n), change))).toThrow(names(field));
  });
});

describe('a trigger', () => {
  const triggered = (
    tokenAddress: Address,
    changes: object = {},
    quoteType: 'permit' | 'onchain' = 'onchain',
  ) => {
    const trigger = planTrigger(
      { tokenAddress, chainId: 8453, amount: 500n, ...changes },
      { quoteType, owner: owner.address },
    );
    return { trigger, request: requestOf({ trigger }) };
  };

  it('pays the fee from the owner only where it brings the fee token itself', () => {
    const samePlace = triggered(token);
    const quote = verify(samePlace.request, filledQuote(samePlace.request, 9n));
    expect(quote.fee.payer).toBe(owner.address);
    expect(settleTrigger(samePlace.trigger, quote).amount).toBe(509n);
    const elsewhere = triggered(otherToken);
    const other = verify(elsewhere.request, filledQuote(elsewhere.request, 9n));
    expect(other.fee.payer).toBe(account);
    expect(settleTrigger(elsewhere.trigger, other).amount).toBe(500n);
  });

  it('does not add a fee to everything the owner has, nor beyond a smaller approval', () => {
    const all = triggered(token, { useMaxAvailableFunds: true });
    const quote = verify(all.request, filledQuote(all.request, 9n));
    expect(settleTrigger(all.trigger, quote).amount).toBe(500n);
    const tight = triggered(token, { approvalAmount: 508n });
    const tightQuote = verify(tight.request, filledQuote(tight.request, 9n));
    expect(() => settleTrigger(tight.trigger, tightQuote)).toThrow(
      expect.objectContaining({ code: 'TRIGGER_APPROVAL' }),
    );
  });

  it('adds a fee in native coin to native coin', () => {
    const trigger = planTrigger(
      { tokenAddress: zeroAddress, chainId: 8453, amount: 500n },
      { quoteType: 'onchain', owner: owner.address },
    );
    const request = requestOf({ trigger, payment: { token: zeroAddress, chainId: 8453 } });
    const quote = verify(request, filledQuote(request, 9n));
    expect(settleTrigger(trigger, quote).amount).toBe(509n);
  });

  it('keeps its root where other quotes of the version are typed data', () => {
    const { trigger } = triggered(token, {}, 'permit');
    const request = requestOf({ trigger, version: '2.2.1' });
    expect(verify(request, filledQuote(request, 9n)).signing).toBe('permit');
    expect(() => verify(request, filledQuote(request, 9n, 'typed'))).toThrow(names('hash'));
  });
});

describe('MEE 2.2.1', () => {
  it('signs a PREPARE as typed data over the operations', async () => {
    const request = requestOf({ version: '2.2.1' });
    const quote = verify(request, filledQuote(request, 9n, 'typed'));
    expect(quote.signing).toBe('typedData');
    expect(superTransactionDigest(quote)).toBe(quote.hash);
    const signature = await owner.signTypedData(quoteTypedData(quote));
    expect(signature).toBe(await owner.sign({ hash: quote.hash }));
    expect(buildExecRequest(quote, signature).signature).toBe(`0x177eee00${signature.slice(2)}`);
    expect(() => verify(request, filledQuote(request, 9n))).toThrow(names('hash'));
    expect(() => operationDigests(quote)).toThrow(expect.objectContaining({ code: 'SIGNING_KIND' }));
  });

  it('leaves the payment of the public sponsor out of what is signed', () => {
    const request = requestOf({ version: '2.2.1', payment: { sponsor: defaultSponsor } });
    const response = filledQuote(request, 9n, 'typedWithoutPayment');
    const quote = verify(request, response);
    expect(quote.items).toHaveLength(2);
    expect(superTransactionDigest(quote)).toBe(hashOf(response, 'typedWithoutPayment'));
    expect(() => verify(request, filledQuote(request, 9n, 'typed'))).toThrow(names('hash'));
  });

  it('signs a USE operation by operation, each under its permission', async () => {
    const actions =
      buildCustomAction({
        chainIds: [8453],
        contractAddress: counter,
        functionSignature: '0xe5071b8e',
        policies: [{ type: 'sudo' }],
      })[0]?.actions ?? [];
    const built = buildSession({
      redeemer: session.address,
      actions,
      salt: `0x${'ab'.repeat(32)}`,
      version: '2.2.1',
    });
    const sessionDetails = [buildSessionDetails(built, 8453), buildSessionDetails(built, 10)];
    const use = { mode: 'USE' as const, version: '2.2.1' as const, sessionDetails };
    const request = requestOf(use);
    for (const hashing of ['root', 'typed'] as const) {
      expect(verify(request, filledQuote(request, 9n, hashing)).signing).toBe('eachOperation');
    }
    const quote = verify(request, filledQuote(request, 9n));
    const digests = operationDigests(quote);
    expect(digests).toEqual(quote.userOpHashes.map((hash) => hashMessage({ raw: hash })));
    const signatures = await Promise.all(digests.map((hash) => session.sign({ hash })));
    const body = buildOperationsExecRequest(quote, signatures);
    const permission = sessionDetails[0]?.permissionId;
    expect(body.userOps.map(({ userOp }) => decodeUseSignature(userOp.signature ?? '0x'))).toEqual(
      signatures.map((inner) => ({ permissionId: permission, inner })),
    );
    expect(slice(body.signature, 4)).toBe(signatures[0]);
    expect(() => buildOperationsExecRequest(quote, signatures.slice(1))).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_SHAPE' }),
    );
    const sponsored = requestOf({ ...use, payment: { sponsor: defaultSponsor } });
    const free = verify(sponsored, filledQuote(sponsored, 0n));
    expect(operationDigests(free)).toHaveLength(2);
    const freeBody = buildOperationsExecRequest(free, signatures.slice(0, 2));
    expect(freeBody.userOps.map(({ userOp }) => userOp.signature !== undefined)).toEqual([false, true, true]);
  });
});

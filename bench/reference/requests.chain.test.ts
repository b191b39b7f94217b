import { MEEVersion } from '@biconomy/abstractjs';
import { type Hex, toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { base, optimism } from 'viem/chains';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { quoteForPrepare } from '../../src/background/executor/quoteForPrepare';
import { quoteForUse } from '../../src/background/executor/quoteForUse';
import { decodeComposable } from '../../src/protocol/actions/composable';
import { buildCustomAction } from '../../src/protocol/actions/custom';
import { decodeJson, encodeJson } from '../../src/protocol/mee/codec';
import { decodeEnableSessions } from '../../src/protocol/session/enable';
import { withFeeBudget } from '../../src/protocol/session/payment';
import { permissionId } from '../../src/protocol/session/permission';
import { buildSession } from '../../src/protocol/session/session';
import type { GrantRecord, PlannedPermission } from '../../src/storage/records';
import { chainOf, connectReference, fundedReference } from './referenceClient';

const increment = toFunctionSelector('incrementCount()');
const maxPaymentAmount = 2_000_000n;
const version = '2.1.0';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
});

afterAll(() => devnet?.stop());

/** What identifies a request beyond the choices of the test: the clock, the hints of the nonces, the salts. */
type Sent = {
  userOps: { nonce: string; callData: Hex; lowerBoundTimestamp: number; upperBoundTimestamp: number }[];
  paymentInfo: { nonce: string };
};

const lastQuote = (): Sent => {
  const request = devnet.requests.findLast(({ path }) => path.endsWith('/quote'));
  if (request === undefined) throw new TypeError('No quote was asked for.');
  return request.body as Sent;
};

const noncesOf = ({ userOps, paymentInfo }: Sent): bigint[] =>
  [paymentInfo, ...userOps].map(({ nonce }) => BigInt(nonce));

const boundsOf = ({ userOps: [first] }: Sent) => ({
  lower: first?.lowerBoundTimestamp ?? 0,
  upper: first?.upperBoundTimestamp ?? 0,
});

const saltOf = (callData: Hex | undefined): Hex => {
  const enable = decodeComposable(callData ?? '0x').at(-1);
  const [session] = decodeEnableSessions(enable?.data ?? '0x');
  if (session === undefined) throw new TypeError('The operation enables no session.');
  return session.salt;
};

const asJson = (value: unknown): unknown => decodeJson(encodeJson(value));

it('asks for the same quotes as the reference client, byte for byte', async () => {
  const session = privateKeyToAccount(generatePrivateKey());
  const reference = await fundedReference(devnet, MEEVersion.V2_1_0);
  const { feeToken, address: account, owner } = reference;
  const counter = chainOf(devnet, base.id).counter;
  const policies = [
    { type: 'usageLimit', limit: 3n },
    { type: 'timeframe', validAfter: 0, validUntil: 1_900_000_000 },
  ] as const;
  const chainIds = [base.id, optimism.id];

  const prepare = await reference.client.getSessionQuote({
    mode: 'PREPARE',
    enableSession: {
      redeemer: session.address,
      maxPaymentAmount,
      actions: reference.account.buildSessionAction({
        type: 'custom',
        data: {
          chainIds,
          contractAddress: counter,
          functionSignature: increment,
          policies: [
            { type: 'usageLimit', limit: 3n },
            { type: 'timeframe', validAfter: 0, validUntil: 1_900_000_000 },
          ],
        },
      }),
    },
    simulation: { simulate: true },
    feeToken,
  });
  const sentPrepare = lastQuote();

  const actions = buildCustomAction({
    chainIds,
    contractAddress: counter,
    functionSignature: increment,
    policies,
  });
  const permissions = actions.map(({ chainId, actions: asked }, index): PlannedPermission => {
    const budgeted =
      chainId === feeToken.chainId
        ? withFeeBudget(asked, { token: feeToken.address, maxPaymentAmount })
        : { actions: asked, feeBudgetIndex: null };
    const built = buildSession({
      redeemer: session.address,
      actions: budgeted.actions,
      salt: saltOf(sentPrepare.userOps[index]?.callData),
      version,
    });
    return {
      chainId,
      session: built,
      permissionId: permissionId(built),
      feeBudgetIndex: budgeted.feeBudgetIndex,
      deployAccount: true,
      installModule: true,
      signatures: [],
    };
  });
  const shared = { account, owner, version, redeemer: session.address, permissions, feeToken } as const;
  const ownPrepare = quoteForPrepare(
    { ...shared, grantId: 'grant', feeBudget: maxPaymentAmount },
    boundsOf(sentPrepare),
  ).build(noncesOf(sentPrepare));
  expect(asJson(ownPrepare)).toEqual(sentPrepare);

  if (prepare?.sessionDetails === undefined) throw new TypeError('The reference client prepared no session.');
  const { hash } = await reference.client.executeSessionQuote(prepare);
  await reference.client.waitForSupertransactionReceipt({ hash });
  const { client } = await connectReference(devnet, {
    signer: session,
    version: MEEVersion.V2_1_0,
    accountAddress: account,
  });
  const calls = (times: number) =>
    Array.from({ length: times }, () => ({ to: counter, value: 0n, data: increment }));
  const instructions = [
    { chainId: base.id, calls: calls(1) },
    { chainId: optimism.id, calls: calls(2) },
  ];
  await client.getSessionQuote({
    mode: 'USE',
    sessionDetails: prepare.sessionDetails,
    simulation: { simulate: true },
    feeToken,
    instructions,
  });
  const sentUse = lastQuote();
  const grant: GrantRecord = {
    ...shared,
    grantId: 'grant',
    origin: 'https://dapp.example',
    keyId: 'session:grant',
    state: 'enabled',
    createdAt: 0,
    feeBudget: maxPaymentAmount,
  };
  const ownUse = quoteForUse(grant, instructions, boundsOf(sentUse)).build(noncesOf(sentUse));
  expect(asJson(ownUse)).toEqual(sentUse);
});

import { MEEVersion } from '@biconomy/abstractjs';
import { type Address, type Hex, toFunctionSelector } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { base, optimism } from 'viem/chains';
import { expect, it } from 'vitest';
import { accountInitCode } from '../../src/protocol/account/init';
import { decodeComposable } from '../../src/protocol/actions/composable';
import { buildCustomAction } from '../../src/protocol/actions/custom';
import { meeVersions } from '../../src/protocol/constants/versions';
import { decodeJson, encodeJson } from '../../src/protocol/mee/codec';
import { planSuperTransaction } from '../../src/protocol/mee/plan';
import { enableInstructions, installInstruction, prepareInstructions } from '../../src/protocol/mee/prepare';
import { buildSessionDetails } from '../../src/protocol/session/details';
import { decodeEnableSessions } from '../../src/protocol/session/enable';
import { withFeeBudget } from '../../src/protocol/session/payment';
import { buildSession, type Session } from '../../src/protocol/session/session';
import type { PrepareParams } from '../../src/rpc/dapp/prepareParams';
import { planPrepare, quoteOfPrepare, quoteOfUse } from './backgroundPlans';
import { increment, settle } from './flow';
import { useNetwork } from './network';
import { chainOf, connectReference, fundedReference } from './referenceClient';

const devnet = useNetwork();
const version = '2.1.0';
const chainIds = [base.id, optimism.id];
const maxPaymentAmount = 2_000_000n;
const policies = [
  { type: 'usageLimit', limit: 3n },
  { type: 'timeframe', validAfter: 0, validUntil: 1_900_000_000 },
] as const;

/** What identifies a request beyond the choices of the test: the clock, the hints of the nonces, the salts. */
type Sent = {
  userOps: { nonce: string; callData: Hex; lowerBoundTimestamp: number; upperBoundTimestamp: number }[];
  paymentInfo: { nonce: string };
};

const lastQuote = (): Sent => {
  const request = devnet().requests.findLast(({ path }) => path.endsWith('/quote'));
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

/** The wish of the test, as a page asks the background. */
const asPageAsks = (feeToken: { address: Address; chainId: number }): PrepareParams => ({
  requestId: 'compared',
  sponsorship: false,
  delegate: false,
  instructions: [],
  cleanUps: [],
  feeToken,
  enableSession: {
    batchActions: true,
    maxPaymentAmount,
    actions: buildCustomAction({
      chainIds,
      contractAddress: chainOf(devnet(), base.id).counter,
      functionSignature: 'incrementCount()',
      policies,
    }).map(({ chainId, actions }) => ({
      chainId,
      actions: actions.map((action) => ({
        ...action,
        actionPolicies: action.actionPolicies.map((policy) => ({ ...policy })),
      })),
    })),
  },
});

/** The sessions that the reference client enabled, built by the product for the same wishes. */
function sessionsLike(
  sent: Sent,
  redeemer: Address,
  token: Address,
): { chainId: number; session: Session }[] {
  const contractAddress = chainOf(devnet(), base.id).counter;
  const functionSignature = toFunctionSelector('incrementCount()');
  return buildCustomAction({ chainIds, contractAddress, functionSignature, policies }).map(
    ({ chainId, actions }, index) => ({
      chainId,
      session: buildSession({
        redeemer,
        version,
        salt: saltOf(sent.userOps[index]?.callData),
        actions: chainId === base.id ? withFeeBudget(actions, { token, maxPaymentAmount }).actions : actions,
      }),
    }),
  );
}

it('asks for the same quotes as the reference client, byte for byte', async () => {
  const key = privateKeyToAccount(generatePrivateKey());
  const reference = await fundedReference(devnet(), MEEVersion.V2_1_0);
  const { feeToken, address: account, owner } = reference;
  const counter = chainOf(devnet(), base.id).counter;

  const quote = await reference.client.getSessionQuote({
    mode: 'PREPARE',
    enableSession: {
      redeemer: key.address,
      maxPaymentAmount,
      actions: reference.account.buildSessionAction({
        type: 'custom',
        data: {
          chainIds,
          contractAddress: counter,
          functionSignature: toFunctionSelector('incrementCount()'),
          policies: [...policies],
        },
      }),
    },
    simulation: { simulate: true },
    feeToken,
  });
  const sentPrepare = lastQuote();

  const bounds = boundsOf(sentPrepare);
  const sessions = sessionsLike(sentPrepare, key.address, feeToken.address);
  const payment = { token: feeToken.address, chainId: feeToken.chainId };
  const common = { account, owner, version, payment, simulation: { simulate: true } } as const;
  const initCode = accountInitCode({ owner, version });
  const ownPrepare = planSuperTransaction({
    ...common,
    mode: 'PREPARE',
    bounds,
    instructions: prepareInstructions(
      {
        account,
        install: chainIds.map((chainId) => installInstruction({ account, chainId, version })),
        instructions: [],
        enable: sessions.flatMap(({ chainId, session }) =>
          enableInstructions({ session, parts: [] }, { account, chainId, batchActions: true }),
        ),
        batchActions: true,
      },
      { bounds, forwarder: meeVersions[version].ethForwarderAddress },
    ),
    deployments: new Map(chainIds.map((chainId) => [chainId, { initCode }])),
  }).build(noncesOf(sentPrepare));
  expect(asJson(ownPrepare)).toEqual(sentPrepare);

  const params = asPageAsks(feeToken);
  const draft = await planPrepare(devnet(), params, {
    ...{ owner, redeemer: key.address, bounds, nodeAddress: devnet().nodeAddress },
    salts: sessions.map(({ session }) => session.salt),
  });
  expect(draft.account).toBe(account);
  expect(asJson(quoteOfPrepare(draft, params, bounds, noncesOf(sentPrepare)))).toEqual(sentPrepare);

  await settle(reference, quote);
  const signer = { signer: key, version: MEEVersion.V2_1_0, accountAddress: account };
  const { client } = await connectReference(devnet(), signer);
  const call = { to: counter, value: 0n, data: increment };
  const instructions = [
    { chainId: base.id, calls: [call] },
    { chainId: optimism.id, calls: [call, call] },
  ];
  await client.getSessionQuote({
    mode: 'USE',
    sessionDetails: quote?.sessionDetails ?? [],
    simulation: { simulate: true },
    feeToken,
    instructions,
  });
  const sentUse = lastQuote();
  const ownUse = planSuperTransaction({
    ...common,
    mode: 'USE',
    bounds: boundsOf(sentUse),
    instructions: instructions.map((instruction) => ({ ...instruction, composable: false })),
    sessionDetails: sessions.map(({ chainId, session }) => buildSessionDetails(session, chainId)),
  }).build(noncesOf(sentUse));
  expect(asJson(ownUse)).toEqual(sentUse);
  const wish = { instructions, sponsorship: false };
  expect(asJson(quoteOfUse(draft, wish, boundsOf(sentUse), noncesOf(sentUse)))).toEqual(sentUse);
});

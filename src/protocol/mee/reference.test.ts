import {
  createHttpClient,
  type GetSessionQuoteParams,
  getMEEVersion,
  getSessionQuote,
  type MEEVersion,
  type SessionDetail,
  toMultichainNexusAccount,
} from '@biconomy/abstractjs';
import fc, { type Arbitrary } from 'fast-check';
import { domainSeparator, type Hex, numberToHex, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { base, optimism } from 'viem/chains';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { SessionAction } from '../actions/action';
import { buildCustomAction } from '../actions/custom';
import { buildTransferAction } from '../actions/transfer';
import type { MeeVersion } from '../constants/versions';
import { asAddress, asHex, plain } from '../testing/vectors';
import type { TimeBounds } from './instruction';
import { planSuperTransaction } from './plan';
import type { Sponsor } from './sponsorship';
import { startCaptureNode } from './testing/captureNode';
import {
  account,
  bringsAll,
  buffersOf,
  chainIds,
  detailsOf,
  feeChainId,
  feeToken,
  friend,
  given,
  ownerBalance,
  type PrepareCase,
  plainToken,
  planPrepare,
  planUse,
  redeemer,
  sponsorOf,
  type UseCase,
  useInstructions,
  type World,
} from './testing/generatedPlans';
import { type ChainFacts, scriptedChain } from './testing/scriptedChain';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const ready: World = { deployed: [true, true], installed: [true, true], counts: [0, 0], permit: false };
const permitName = 'Permit USD';

let node: Awaited<ReturnType<typeof startCaptureNode>>;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(console, 'info').mockReturnValue();
  node = await startCaptureNode();
});

afterAll(() => node.stop());

const factsOf = ({ deployed, installed, counts, permit }: World, index: number): ChainFacts => {
  const chainId = chainIds[index] ?? feeChainId;
  const domain = { name: permitName, version: '1', chainId, verifyingContract: feeToken };
  return {
    account,
    deployed: deployed[index] ?? false,
    installed: installed[index] ?? false,
    transactionCount: counts[index] ?? 0,
    balance: ownerBalance,
    permit: permit ? { name: permitName, separator: domainSeparator({ domain }) } : null,
  };
};

const accountIn = (world: World, version: MeeVersion) =>
  toMultichainNexusAccount({
    signer: owner,
    chainConfigurations: [base, optimism].map((chain, index) => ({
      chain,
      transport: scriptedChain(chain.id, () => factsOf(world, index)),
      version: getMEEVersion(version as MEEVersion),
      versionCheck: false,
      accountAddress: account,
    })),
  });
type TheirAccount = Awaited<ReturnType<typeof accountIn>>;

const info = {
  version: '1',
  node: friend,
  supportedChains: chainIds.map((id) => ({ chainId: String(id), name: String(id) })),
  supportedGasTokens: chainIds.map((id) => ({
    chainId: String(id),
    isArbitraryFeeTokensSupported: true,
    paymentTokens: [{ name: 'P', symbol: 'P', address: feeToken, decimals: 6, permitEnabled: true }],
  })),
  supported_wallet_providers: [],
};

type Wire = { userOps: { nonce: string }[]; paymentInfo: { nonce: string; sponsored: boolean } };

/** What the reference client asks its node: path, body, its nonces in our order, and the salts of its sessions. */
const askedBy = async (signedBy: TheirAccount, parameters: object) => {
  const client = Object.assign(createHttpClient(node.url), { pollingInterval: 1, account: signedBy, info });
  const result = await getSessionQuote(client, parameters as GetSessionQuoteParams);
  const sent = node.lastQuote();
  if (sent === undefined) expect.unreachable();
  const { paymentInfo, userOps } = sent.body as Wire;
  const paying = paymentInfo.sponsored ? [] : [paymentInfo];
  const details: readonly SessionDetail[] =
    result !== undefined && 'sessionDetails' in result ? (result.sessionDetails ?? []) : [];
  return {
    path: sent.path,
    body: sent.body,
    nonces: [...paying, ...userOps].map(({ nonce }) => BigInt(nonce)),
    salts: new Map(
      details.map(({ enableSessionData }): [number, Hex] => {
        const session = enableSessionData?.enableSession.sessionToEnable;
        return [Number(session?.chainId), asHex(session?.salt ?? '0x')];
      }),
    ),
  };
};

const sameBytes = (ours: unknown, reference: unknown): void =>
  expect(JSON.parse(plain(ours))).toEqual(JSON.parse(plain(reference)));

/** Actions as the reference client holds them: every policy names its contract twice. */
const asTheirs = (groups: readonly SessionAction[]) =>
  groups.map(({ chainId, actions }) => ({
    chainId,
    actions: actions.map(({ actionPolicies, ...action }) => ({
      ...action,
      actionPolicies: actionPolicies.map((policy) => ({ ...policy, address: policy.policy })),
    })),
  }));

const sponsorParameters = (sponsor: Sponsor | null, kind: PrepareCase['sponsor']) => {
  if (sponsor === null) return { feeToken: { address: feeToken, chainId: feeChainId } };
  return kind === 'trusted' ? { sponsorship: true } : { sponsorship: true, sponsorshipOptions: sponsor };
};

const boundsParameters = (bounds: TimeBounds | undefined) =>
  bounds === undefined ? {} : { lowerBoundTimestamp: bounds.lower, upperBoundTimestamp: bounds.upper };

const extrasFor = async ({ extra }: PrepareCase, signedBy: TheirAccount) => {
  const built = extra.map(({ chainId, target, bounds }) =>
    signedBy.buildComposable({
      type: 'rawCalldata',
      data: {
        to: target,
        calldata: '0xe5071b8e',
        chainId,
        metadata: [{ type: 'CUSTOM', description: 'Extra', chainId }],
        ...boundsParameters(bounds),
      },
    }),
  );
  return (await Promise.all(built)).flat();
};

const triggerParameters = (one: PrepareCase) => {
  if (one.trigger === undefined) return {};
  const { useMax: _said, ...asked } = one.trigger;
  const amount = bringsAll(one) ? { amount: undefined, useMaxAvailableFunds: true } : {};
  return { trigger: { ...given({ ...asked, ...amount }), chainId: feeChainId } };
};

const prepareParameters = async (one: PrepareCase, signedBy: TheirAccount, cleanUps: unknown) => ({
  mode: 'PREPARE',
  enableSession: {
    redeemer,
    actions: asTheirs(one.groups),
    maxPaymentAmount: one.maxPaymentAmount,
    batchActions: one.batchActions,
  },
  instructions: await extrasFor(one, signedBy),
  ...sponsorParameters(sponsorOf(one.sponsor, node.url), one.sponsor),
  ...(one.delegate === 'none' ? {} : { delegate: true, multichain7702Auth: one.delegate === 'multichain' }),
  ...triggerParameters(one),
  ...given({
    executionSimulationRetryDelay: one.retryDelay,
    verificationGasLimit: one.verificationGasLimit,
  }),
  ...boundsParameters(one.bounds),
  cleanUps,
  simulation: { simulate: true, ...buffersOf(one) },
});

const amount = fc.bigInt(1n, 10n ** 12n);
const address = fc
  .bigInt(2n ** 120n, 2n ** 160n - 1n)
  .map((value) => asAddress(numberToHex(value, { size: 20 })));
const chainId = fc.constantFrom(...chainIds);
const version = fc.constantFrom<MeeVersion>('2.0.0', '2.1.0', '2.2.1');
const sponsor = fc.constantFrom('none', 'trusted', 'own');
const pair = <T>(one: Arbitrary<T>) => fc.array(one, { minLength: 2, maxLength: 2 });
const maybe = <T>(one: Arbitrary<T>) => fc.option(one, { nil: undefined });
const bounds = fc
  .tuple(fc.integer({ min: 1_800_000_000, max: 1_800_001_000 }), fc.integer({ min: 1, max: 900 }))
  .map(([lower, width]): TimeBounds => ({ lower, upper: lower + width }));
const policy = fc.oneof(
  fc.constant({ type: 'sudo' as const }),
  fc.record({ type: fc.constant('usageLimit' as const), limit: amount }),
  fc.record({
    type: fc.constant('timeframe' as const),
    validAfter: fc.constant(0),
    validUntil: fc.integer({ min: 1_900_000_000, max: 2_000_000_000 }),
  }),
);
const customGroup = fc.record({ chainId, target: address, policy }).map((one) =>
  buildCustomAction({
    chainIds: [one.chainId],
    contractAddress: one.target,
    functionSignature: '0xe5071b8e',
    policies: [one.policy],
  }),
);
const feeTokenGroup = fc
  .record({ maxAmountLimit: amount, amountLimitPerAction: amount })
  .map((limits) => buildTransferAction({ chainIds: [feeChainId], contractAddress: feeToken, ...limits }));
const groups = fc
  .tuple(fc.array(customGroup, { minLength: 1, maxLength: 3 }), fc.option(feeTokenGroup, { nil: [] }))
  .map(([custom, transfer]): SessionAction[] => [...custom.flat(), ...transfer]);

const prepareCase: Arbitrary<PrepareCase> = fc.record({
  version,
  world: fc.record({
    deployed: pair(fc.boolean()),
    installed: pair(fc.boolean()),
    counts: pair(fc.integer({ min: 0, max: 2 })),
    permit: fc.boolean(),
  }),
  groups,
  batchActions: fc.boolean(),
  sponsor,
  delegate: fc.constantFrom('none', 'single', 'multichain'),
  maxPaymentAmount: amount,
  extra: fc.array(fc.record({ chainId, target: address, bounds: maybe(bounds) }), { maxLength: 2 }),
  cleanUps: fc.array(
    fc.record({
      tokenAddress: fc.constantFrom(feeToken, plainToken),
      recipientAddress: fc.constant(friend),
      amount: fc.constantFrom(undefined, 0n, 12n),
      gasLimit: fc.constantFrom(undefined, 90_000n),
    }),
    { maxLength: 2 },
  ),
  trigger: maybe(
    fc.record({
      tokenAddress: fc.constantFrom(feeToken, plainToken, zeroAddress),
      amount,
      approvalAmount: fc.constantFrom(undefined, 10n ** 20n),
      recipientAddress: fc.constantFrom(undefined, friend),
      gasLimit: fc.constantFrom(undefined, 80_000n),
      useMax: fc.boolean(),
    }),
  ),
  bounds,
  retryDelay: fc.constantFrom(undefined, 700),
  verificationGasLimit: fc.constantFrom(undefined, 345_678n),
  buffer: fc.constantFrom(undefined, 20n),
});

it('asks for the same PREPARE as the reference client', async () => {
  await fc.assert(
    fc.asyncProperty(prepareCase, async (one) => {
      const parts = { owner, sponsorUrl: node.url };
      const { cleanUps } = await planPrepare(one, { ...parts, salts: new Map() });
      const signedBy = await accountIn(one.world, one.version);
      const reference = await askedBy(signedBy, await prepareParameters(one, signedBy, cleanUps));
      const plan = await planPrepare(one, { ...parts, salts: reference.salts });
      sameBytes(planSuperTransaction(plan).build(reference.nonces), reference.body);
      expect(reference.path).toBe(one.trigger === undefined ? '/v1/quote' : '/v1/quote-permit');
    }),
    { numRuns: 200 },
  );
}, 300_000);

const useCase: Arbitrary<UseCase> = fc.record({
  version,
  sponsor,
  batch: fc.boolean(),
  bounds,
  instructions: fc.array(
    fc.record({
      chainId,
      calls: fc.array(
        fc.record({
          to: address,
          value: fc.constantFrom(0n, 5n),
          data: fc.constantFrom<Hex>('0xe5071b8e', '0x', '0xb7f90f12aa'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      gasLimit: fc.constantFrom(undefined, 55_000n),
      bounds: maybe(bounds),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  verificationGasLimit: fc.constantFrom(undefined, 1_234_567n),
});

it('asks for the same USE as the reference client', async () => {
  await fc.assert(
    fc.asyncProperty(useCase, groups, async (one, actions) => {
      const details = detailsOf(one.version, actions);
      const signedBy = await accountIn(ready, one.version);
      const reference = await askedBy(signedBy, {
        mode: 'USE',
        sessionDetails: details,
        instructions: useInstructions(one).map(({ chainId: id, calls, bounds: own }) => ({
          chainId: id,
          calls,
          ...(own === undefined ? {} : { lowerBoundTimestamp: own.lower, upperBoundTimestamp: own.upper }),
        })),
        ...sponsorParameters(sponsorOf(one.sponsor, node.url), one.sponsor),
        ...given({ verificationGasLimit: one.verificationGasLimit }),
        batch: one.batch,
        ...boundsParameters(one.bounds),
        simulation: { simulate: false },
      });
      const plan = planUse(one, { details, owner: owner.address, sponsorUrl: node.url });
      sameBytes(planSuperTransaction(plan).build(reference.nonces), reference.body);
    }),
    { numRuns: 150 },
  );
}, 300_000);

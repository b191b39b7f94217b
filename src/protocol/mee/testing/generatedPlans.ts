import type { Address, Hex, LocalAccount } from 'viem';
import { authorizationHash, encodeEip7702Auth, planAuthorizations } from '../../account/authorization';
import { accountInitCode } from '../../account/init';
import type { ActionData, SessionAction } from '../../actions/action';
import type { Call } from '../../actions/call';
import { fixedCall } from '../../actions/composableCall';
import { type MeeVersion, meeVersions } from '../../constants/versions';
import { buildSessionDetails, type SessionDetails } from '../../session/details';
import { withFeeBudgetInParts } from '../../session/payment';
import { buildSessionParts, type SessionParts } from '../../session/session';
import type { CleanUp } from '../cleanUp';
import type { Instruction, TimeBounds } from '../instruction';
import { customMetadata } from '../metadata';
import { planSuperTransaction, type SuperTransactionPlan } from '../plan';
import { enableInstructions, installInstruction, prepareInstructions } from '../prepare';
import type { Deployment, PlannedTrigger } from '../quotePlan';
import { defaultSponsor, type Sponsor } from '../sponsorship';
import { planTrigger } from '../trigger';

export const chainIds: readonly number[] = [8453, 10];
export const feeChainId = 8453;
export const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
export const redeemer: Address = '0x1563915e194D8CfBA1943570603F7606A3115508';
export const feeToken: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
export const plainToken: Address = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';
export const friend: Address = '0x000000000000000000000000000000000000dEaD';
const zero: Address = '0x0000000000000000000000000000000000000000';
/** What an owner has of every token. */
export const ownerBalance = 90_000_000n;

/** State of the chains, by their place in `chainIds`. */
export type World = { deployed: boolean[]; installed: boolean[]; counts: number[]; permit: boolean };

/** A PREPARE to be asked for. */
export type PrepareCase = {
  version: MeeVersion;
  world: World;
  groups: readonly SessionAction[];
  batchActions: boolean;
  sponsor: 'none' | 'trusted' | 'own';
  delegate: 'none' | 'single' | 'multichain';
  maxPaymentAmount: bigint;
  extra: readonly { chainId: number; target: Address; bounds: TimeBounds | undefined }[];
  cleanUps: readonly {
    tokenAddress: Address;
    recipientAddress: Address;
    amount: bigint | undefined;
    gasLimit: bigint | undefined;
  }[];
  trigger:
    | {
        tokenAddress: Address;
        amount: bigint;
        approvalAmount: bigint | undefined;
        recipientAddress: Address | undefined;
        gasLimit: bigint | undefined;
        useMax: boolean;
      }
    | undefined;
  bounds: TimeBounds;
  retryDelay: number | undefined;
  verificationGasLimit: bigint | undefined;
  buffer: bigint | undefined;
};

/** A USE to be asked for. */
export type UseCase = {
  version: MeeVersion;
  sponsor: PrepareCase['sponsor'];
  batch: boolean;
  bounds: TimeBounds;
  instructions: readonly {
    chainId: number;
    calls: readonly Call[];
    gasLimit: bigint | undefined;
    bounds: TimeBounds | undefined;
  }[];
  verificationGasLimit: bigint | undefined;
};

/** Leaves undefined members out, as a caller does. */
export const given = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T as undefined extends T[K] ? never : K]: T[K];
  } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** The public network's own sponsor, on its staging service, which the reference client asks in tests. */
const trustedSponsor: Sponsor = { ...defaultSponsor, url: 'https://staging-network.biconomy.io/v1' };

/** Who pays instead of the account. @param url base address of a sponsor of its own */
export const sponsorOf = (sponsor: PrepareCase['sponsor'], url: string): Sponsor | null => {
  if (sponsor === 'none') return null;
  if (sponsor === 'trusted') return trustedSponsor;
  return { url, gasTank: { chainId: 10, address: friend, token: plainToken } };
};

const paymentOf = (sponsor: Sponsor | null): SuperTransactionPlan['payment'] => {
  if (sponsor === null) return { token: feeToken, chainId: feeChainId };
  return sponsor === trustedSponsor ? { sponsor } : { sponsor, nonce: 3n };
};

const partsOn = (one: PrepareCase, chainId: number): readonly (readonly ActionData[])[] => {
  const parts = one.groups.filter((group) => group.chainId === chainId).map(({ actions }) => actions);
  if (one.sponsor !== 'none' || chainId !== feeChainId) return parts;
  const { maxPaymentAmount } = one;
  return withFeeBudgetInParts(parts, { token: feeToken, maxPaymentAmount }).parts;
};

const sessionsOf = (one: PrepareCase, salts: ReadonlyMap<number, Hex>): [number, SessionParts][] =>
  [...new Set(one.groups.map((group) => group.chainId))].map((chainId) => [
    chainId,
    buildSessionParts({
      redeemer,
      parts: partsOn(one, chainId),
      salt: salts.get(chainId) ?? `0x${'00'.repeat(32)}`,
      version: one.version,
    }),
  ]);

/** Whether a trigger brings everything the owner has. Native coin is left out: its gas is estimated by the client. */
export const bringsAll = ({ trigger }: PrepareCase): boolean =>
  trigger?.useMax === true && trigger.tokenAddress !== zero;

const plannedTrigger = (one: PrepareCase, owner: Address): PlannedTrigger | undefined => {
  const { trigger, world } = one;
  if (trigger === undefined) return undefined;
  const { useMax: _said, ...asked } = trigger;
  const all = bringsAll(one) ? { useMaxAvailableFunds: true, amount: ownerBalance } : {};
  const quoteType = world.permit && trigger.tokenAddress === feeToken ? 'permit' : 'onchain';
  return planTrigger({ ...given(asked), ...all, chainId: feeChainId }, { quoteType, owner });
};

const deploymentsOf = async (
  one: PrepareCase,
  involved: readonly number[],
  owner: LocalAccount,
): Promise<Map<number, Deployment>> => {
  const { version, delegate, world } = one;
  const missing = involved.filter((chainId) => !world.deployed[chainIds.indexOf(chainId)]);
  if (delegate === 'none') {
    const initCode = accountInitCode({ owner: owner.address, version });
    return new Map(missing.map((chainId) => [chainId, { initCode }]));
  }
  const planned = planAuthorizations({
    implementation: meeVersions[version].implementationAddress,
    chains: involved.map((chainId) => ({ chainId, nonce: world.counts[chainIds.indexOf(chainId)] ?? 0 })),
    multichain: delegate === 'multichain',
  });
  const deployments = new Map<number, Deployment>();
  for (const authorization of planned) {
    const signature = await owner.sign?.({ hash: authorizationHash(authorization) });
    const eip7702Auth = encodeEip7702Auth(authorization, signature ?? '0x');
    for (const chainId of authorization.chainIds) deployments.set(chainId, { eip7702Auth });
  }
  return new Map([...deployments].filter(([chainId]) => missing.includes(chainId)));
};

const instructionsOf = (
  one: PrepareCase,
  salts: ReadonlyMap<number, Hex>,
  trigger: PlannedTrigger | undefined,
): readonly Instruction[] => {
  const { version, batchActions, world, bounds } = one;
  const missing = chainIds.filter((_id, index) => !world.deployed[index] || !world.installed[index]);
  return prepareInstructions(
    {
      account,
      ...given({ trigger }),
      install: missing.map((chainId) => installInstruction({ account, chainId, version })),
      instructions: one.extra.map(({ chainId, target, bounds: own }) => ({
        chainId,
        composable: true as const,
        calls: [fixedCall({ to: target, value: 0n, data: '0xe5071b8e' })],
        metadata: [customMetadata(chainId, 'Extra')],
        ...given({ bounds: own }),
      })),
      enable: sessionsOf(one, salts).flatMap(([chainId, parts]) =>
        enableInstructions(parts, { account, chainId, batchActions }),
      ),
      batchActions,
    },
    { bounds, forwarder: meeVersions[version].ethForwarderAddress },
  );
};

/** Our plan of a PREPARE. Clean-ups go to the chain of the last operation. */
export const planPrepare = async (
  one: PrepareCase,
  parts: { salts: ReadonlyMap<number, Hex>; owner: LocalAccount; sponsorUrl: string },
): Promise<SuperTransactionPlan & { cleanUps: readonly CleanUp[] }> => {
  const { owner, salts, sponsorUrl } = parts;
  const trigger = plannedTrigger(one, owner.address);
  const plan: SuperTransactionPlan = {
    account,
    owner: owner.address,
    version: one.version,
    mode: 'PREPARE',
    ...given({ trigger }),
    instructions: instructionsOf(one, salts, trigger),
    batch: one.batchActions,
    payment: paymentOf(sponsorOf(one.sponsor, sponsorUrl)),
    bounds: one.bounds,
    ...given({ retryDelay: one.retryDelay, verificationGasLimit: one.verificationGasLimit }),
    simulation: { simulate: true, ...buffersOf(one) },
  };
  const { chainIds: involved } = planSuperTransaction(plan);
  const last = involved.at(-1) ?? feeChainId;
  const cleanUps = one.cleanUps.map((cleanUp): CleanUp => ({ ...given(cleanUp), chainId: last }));
  return { ...plan, cleanUps, deployments: await deploymentsOf(one, [...new Set(involved)], owner) };
};

/** The gas buffers of a simulation. */
export const buffersOf = ({ buffer }: PrepareCase) =>
  buffer === undefined ? {} : { gasLimitBuffers: { [feeChainId]: buffer } };

/** The details of one session on every chain. */
export const detailsOf = (
  version: MeeVersion,
  groups: readonly SessionAction[],
): readonly SessionDetails[] => {
  const parts = groups.map(({ actions }) => actions);
  const { session } = buildSessionParts({ redeemer, parts, salt: `0x${'ab'.repeat(32)}`, version });
  return chainIds.map((chainId) => buildSessionDetails(session, chainId));
};

/** The instructions of a USE. */
export const useInstructions = ({ instructions }: UseCase): readonly Instruction[] =>
  instructions.map(({ chainId, calls, gasLimit, bounds }) => ({
    chainId,
    composable: false,
    calls: calls.map((call) => ({ ...call, ...given({ gasLimit }) })),
    ...given({ bounds }),
  }));

/** Our plan of a USE. */
export const planUse = (
  one: UseCase,
  parts: { details: readonly SessionDetails[]; owner: Address; sponsorUrl: string },
): SuperTransactionPlan => ({
  account,
  owner: parts.owner,
  version: one.version,
  mode: 'USE',
  sessionDetails: parts.details,
  instructions: useInstructions(one),
  batch: one.batch,
  payment: paymentOf(sponsorOf(one.sponsor, parts.sponsorUrl)),
  bounds: one.bounds,
  ...given({ verificationGasLimit: one.verificationGasLimit }),
  simulate: false,
});

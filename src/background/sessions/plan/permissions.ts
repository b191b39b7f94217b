import type { Address, Hex } from 'viem';
import { isAddressEqual, zeroAddress } from 'viem';
import type { MeeVersion } from '../../../protocol/constants/versions';
import {
  type FeeBudgetParameters,
  type FeeBudgetPlacement,
  withFeeBudgetInParts,
} from '../../../protocol/session/payment';
import { permissionId } from '../../../protocol/session/permission';
import { buildSessionParts } from '../../../protocol/session/session';
import type { PlannedChain, PlannedPermission } from '../../../storage/records';
import type { AskedActions } from '../checkPrepare';

/** A fee budget and the chain on which it is spent. */
export type PlannedBudget = FeeBudgetParameters & { chainId: number };

export type PermissionContext = {
  account: Address;
  version: MeeVersion;
  smartSession: Address;
  redeemer: Address;
  /** Absent when every use is sponsored. */
  budget?: PlannedBudget;
  /** False: every entry of the request is enabled by an operation of its own. */
  batchActions: boolean;
  /** 32 random bytes. */
  randomSalt: () => Hex;
};

type Site = { asked: AskedActions; chain: PlannedChain | undefined; hasModule: boolean };

/** The actions of a chain in the parts in which they are asked for. */
const partsOf = ({ actions, parts }: AskedActions) => {
  let start = 0;
  return parts.map((length) => {
    start += length;
    return actions.slice(start - length, start);
  });
};

type Placed = { parts: ReturnType<typeof partsOf> } & Pick<FeeBudgetPlacement, 'feeBudgetIndex' | 'shared'>;

const placeBudget = (asked: AskedActions, budget: PlannedBudget | undefined): Placed => {
  const parts = partsOf(asked);
  if (budget?.chainId !== asked.chainId) return { parts, feeBudgetIndex: null, shared: null };
  const placed = withFeeBudgetInParts(parts.length === 0 ? [[]] : parts, budget);
  return { ...placed, parts: placed.parts.map((part) => [...part]) };
};

/** Names of the actions after the budget's own action was put among them. */
const signaturesOf = ({ signatures }: AskedActions, feeBudgetIndex: number | null) =>
  feeBudgetIndex === null ? signatures : signatures.toSpliced(feeBudgetIndex, 0, null);

/** The session of one chain, exactly as it will be enabled. */
export const planPermission = (
  { asked, chain, hasModule }: Site,
  context: PermissionContext,
): PlannedPermission => {
  const { account, version, smartSession, redeemer, budget, batchActions, randomSalt } = context;
  const { parts, feeBudgetIndex, shared } = placeBudget(asked, budget);
  const { session } = buildSessionParts({
    ...{ redeemer, version, account, smartSession, parts },
    salt: randomSalt(),
  });
  return {
    chainId: asked.chainId,
    permissionId: permissionId(session),
    session,
    deployAccount: chain?.deploy === 'initCode',
    installModule: !hasModule,
    signatures: signaturesOf(asked, feeBudgetIndex),
    feeBudgetIndex,
    ...(shared === null ? {} : { sharedFee: shared }),
    ...(batchActions ? {} : { parts: parts.map((part) => part.length) }),
  };
};

/** Where fees go when they are paid in a chain's own coin: only the node's address may get them. */
export const payeeOf = (token: Address, node: Address): { payee?: Address } =>
  isAddressEqual(token, zeroAddress) ? { payee: node } : {};

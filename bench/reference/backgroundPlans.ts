import type { Address, Hex } from 'viem';
import type { Devnet } from '../../devnet/devnet';
import { createChains } from '../../src/background/chain/chains';
import { ownerQuote } from '../../src/background/executor/ownerQuote';
import { simulationOf } from '../../src/background/executor/payment';
import { quoteForUse } from '../../src/background/executor/quoteForUse';
import { checkPrepare } from '../../src/background/sessions/checkPrepare';
import { instructionsOfPrepare } from '../../src/background/sessions/plan/instructions';
import { sourceOf } from '../../src/background/sessions/plan/operations';
import { createPlanner, type PlanDraft } from '../../src/background/sessions/plan/plan';
import type { QuoteRequest } from '../../src/protocol/mee/quoteRequest';
import type { PrepareParams } from '../../src/rpc/dapp/prepareParams';
import type { UseParams } from '../../src/rpc/dapp/useParams';
import type { GrantRecord } from '../../src/storage/records';

type Bounds = { lower: number; upper: number };

/** What the reference client chose by itself. */
type Choices = {
  owner: Address;
  redeemer: Address;
  salts: readonly Hex[];
  bounds: Bounds;
  nodeAddress: Address;
};

const payerOf = (draft: PlanDraft) => {
  if (draft.feeToken === undefined) throw new TypeError('The plan names no fee token.');
  const { address: token, chainId } = draft.feeToken;
  return { payment: { token, chainId } };
};

/** The plan that the background makes of a PREPARE, by what the chains of the network say. */
export const planPrepare = async (devnet: Devnet, params: PrepareParams, choices: Choices) => {
  const { owner, redeemer, bounds, nodeAddress } = choices;
  const salts = [...choices.salts];
  const networks = devnet.chains.map(({ chainId, name, rpcUrl }) => ({
    ...{ chainId, name, rpcUrl },
    nativeSymbol: 'ETH',
  }));
  const moment = { now: bounds.lower, latest: bounds.lower };
  const plan = createPlanner({
    chains: createChains({ networks: async () => networks, fetch }),
    sessionKey: async () => redeemer,
    nodeAddress: async () => nodeAddress,
    randomSalt: () => salts.shift() ?? '0x',
    time: () => moment,
  });
  const { draft } = await plan({ grantId: 'grant', owner, params, asked: checkPrepare(params, moment) });
  return draft;
};

/** The quote that the background asks for a planned PREPARE. */
export const quoteOfPrepare = (
  draft: PlanDraft,
  params: PrepareParams,
  bounds: Bounds,
  nonces: readonly bigint[],
): QuoteRequest =>
  ownerQuote({
    plan: draft,
    instructions: instructionsOfPrepare(sourceOf(draft, params), bounds),
    batch: params.enableSession?.batchActions ?? true,
    bounds,
    authorizations: new Map(),
    simulation: simulationOf(params.simulation),
    ...payerOf(draft),
  }).build(nonces);

/** The grant that a planned PREPARE leaves. */
const grantOf = (draft: PlanDraft): GrantRecord => {
  const { grantId, account, owner, version, redeemer, smartSession, permissions, feeToken, feeBudget } =
    draft;
  if (redeemer === undefined || feeToken === undefined) throw new TypeError('The plan grants nothing.');
  return {
    ...{ grantId, account, owner, version, redeemer, smartSession, permissions, feeToken, feeBudget },
    origin: 'https://dapp.example',
    keyId: 'session:grant',
    state: 'enabled',
    createdAt: 0,
  };
};

/** The quote that the background asks for a USE of what a planned PREPARE grants. */
export const quoteOfUse = (
  draft: PlanDraft,
  params: Pick<UseParams, 'instructions' | 'simulation' | 'sponsorship'>,
  bounds: Bounds,
  nonces: readonly bigint[],
): QuoteRequest => quoteForUse(grantOf(draft), params, bounds, payerOf(draft)).build(nonces);

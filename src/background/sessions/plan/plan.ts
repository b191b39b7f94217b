import type { Address, Hex } from 'viem';
import { assertActions } from '../../../protocol/actions/validate';
import type { PrepareParams } from '../../../rpc/dapp/prepareParams';
import type { OwnerPlan, PlannedPermission, PreparePlan } from '../../../storage/records';
import type { Chain, Chains } from '../../chain/chains';
import { boundsOf } from '../bounds';
import { assertInstructions } from '../checkFunding';
import { type AskedActions, chainsOfPrepare } from '../checkPrepare';
import type { Moment } from '../networkTime';
import { readTokens, type TokenBook, tokensOfPrepare } from '../tokenBook';
import { type FoundAccount, findAccount } from './account';
import { budgetOf } from './budget';
import { findDelegated } from './delegation';
import { operationsOf, sourceOf } from './operations';
import { planPermission } from './permissions';
import { findSessionModule } from './sessionModule';
import { sponsorshipOf } from './sponsorship';
import { planOwnerFunds } from './trigger';

/** A plan before the node has named its fee. */
export type PlanDraft = Omit<PreparePlan, 'feeEstimate' | 'feeMax'>;

type PlannerParts = {
  chains: Chains;
  /** Makes the grant's fresh session key, or gives the address of the one it has. */
  sessionKey: (grantId: string) => Promise<Address>;
  /** The node's address, which fees in a chain's own coin go to. */
  nodeAddress: () => Promise<Address>;
  /** 32 random bytes. */
  randomSalt: () => Hex;
  time: () => Moment;
};

type PlannerInput = {
  grantId: string;
  owner: Address;
  params: PrepareParams;
  asked: readonly AskedActions[];
};

/** The account as the chains of a request know it. */
type Ground = FoundAccount & {
  smartSession: Address;
  tokens: TokenBook;
  /** Chains on which the session module is there already. */
  hasModule: ReadonlySet<number>;
};

/** The fee token's chain always holds a session, because fees are paid there. */
const withFeeChain = (asked: readonly AskedActions[], feeChainId: number | undefined) =>
  asked.length === 0 || feeChainId === undefined || asked.some(({ chainId }) => chainId === feeChainId)
    ? asked
    : [...asked, { chainId: feeChainId, actions: [], signatures: [], parts: [] }];

const chainsWithModule = async (
  { account, chains }: FoundAccount,
  smartSession: Address,
  onChains: readonly Chain[],
): Promise<ReadonlySet<number>> => {
  const installed = await Promise.all(
    onChains.map((chain, index) =>
      chains[index]?.deploy === 'initCode' ? false : chain.isSmartSessionInstalled(account, smartSession),
    ),
  );
  return new Set(onChains.filter((_chain, index) => installed[index]).map(({ network }) => network.chainId));
};

const quoteTypeOf = (trigger: OwnerPlan['trigger']): OwnerPlan['quoteType'] => {
  if (trigger === undefined) return 'simple';
  return trigger.kind === 'permit' ? 'permit' : 'onchain';
};

/** Plans a PREPARE: account, keys, sessions and calldata per chain, exact to the byte. Reads chains; signs nothing. */
export const createPlanner = (parts: PlannerParts) => {
  const { chains, sessionKey, nodeAddress, randomSalt, time } = parts;

  const explore = async ({ owner, params, asked }: PlannerInput): Promise<Ground> => {
    const onChains = await Promise.all(chainsOfPrepare(params).map((chainId) => chains.on(chainId)));
    const [found, smartSession, tokens] = await Promise.all([
      params.delegate ? findDelegated(owner, onChains) : findAccount(owner, onChains),
      findSessionModule(params.smartSessionValidatorAddress, onChains),
      readTokens(onChains, tokensOfPrepare(params)),
    ]);
    for (const { actions } of asked) assertActions(actions, found.account, [smartSession]);
    assertInstructions(params.instructions, found.account, [smartSession]);
    return {
      ...found,
      smartSession,
      tokens,
      hasModule: await chainsWithModule(found, smartSession, onChains),
    };
  };

  const fundsOf = async ({ owner, params }: PlannerInput, { account, version }: Ground) => {
    const { trigger } = params;
    if (trigger === undefined) return {};
    const chain = await chains.on(trigger.chainId);
    return { trigger: await planOwnerFunds({ trigger, chain, owner, account, version }) };
  };

  const grantOf = async (
    { grantId, params, asked }: PlannerInput,
    ground: Ground,
  ): Promise<Pick<PlanDraft, 'permissions' | 'redeemer' | 'feeBudget'>> => {
    if (asked.length === 0) return { permissions: [], feeBudget: 0n };
    const { account, version, smartSession, tokens, hasModule } = ground;
    const budget = await budgetOf(params, tokens, nodeAddress);
    const redeemer = await sessionKey(grantId);
    const batchActions = params.enableSession?.batchActions ?? true;
    const context = {
      ...{ account, version, smartSession, redeemer, batchActions, randomSalt },
      ...(budget === undefined ? {} : { budget }),
    };
    const permissions = withFeeChain(asked, params.feeToken?.chainId).map((one): PlannedPermission => {
      const chain = ground.chains.find(({ chainId }) => chainId === one.chainId);
      return planPermission({ asked: one, chain, hasModule: hasModule.has(one.chainId) }, context);
    });
    return { permissions, redeemer, feeBudget: budget?.maxPaymentAmount ?? 0n };
  };

  return async (input: PlannerInput): Promise<{ draft: PlanDraft; tokens: TokenBook }> => {
    const { grantId, owner, params } = input;
    const { feeToken, simulation, cleanUps } = params;
    const ground = await explore(input);
    const { account, version, smartSession, chains: found, hasModule, tokens } = ground;
    const [grant, funds] = await Promise.all([grantOf(input, ground), fundsOf(input, ground)]);
    const wanted = grant.permissions.length === 0 ? found : grant.permissions;
    const installOn = wanted.map(({ chainId }) => chainId).filter((chainId) => !hasModule.has(chainId));
    const fixed = { account, owner, version, smartSession, installOn, ...grant, ...funds };
    const sponsorship = sponsorshipOf(params);
    const draft: PlanDraft = {
      ...fixed,
      grantId,
      quoteType: quoteTypeOf(funds.trigger),
      chains: found,
      operations: operationsOf(sourceOf(fixed, params), boundsOf(params, time())),
      cleanUps,
      ...(sponsorship === undefined ? {} : { sponsorship }),
      ...(simulation === undefined ? {} : { simulation }),
      ...(feeToken === undefined ? {} : { feeToken }),
    };
    return { draft, tokens };
  };
};

export type Planner = ReturnType<typeof createPlanner>;

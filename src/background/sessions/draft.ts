import type { Address, Hex } from 'viem';
import { isAddressEqual } from 'viem';
import { assertActions } from '../../protocol/actions/validate';
import { defaultMeeVersion } from '../../protocol/constants/versions';
import { withFeeBudget } from '../../protocol/session/payment';
import { permissionId } from '../../protocol/session/permission';
import { buildSession } from '../../protocol/session/session';
import type { PrepareParams } from '../../rpc/dapp/schema';
import type { PlannedPermission, PreparePlan } from '../../storage/records';
import type { Chain, Chains } from '../chain/chains';
import { unavailable } from '../errors/rpcErrors';
import type { AskedActions } from './checkPrepare';
import { readTokens, type TokenBook } from './tokenBook';

/** Whole units of the fee token that later fees may take when the dapp names no budget. */
const defaultBudgetUnits = 5n;

/** A plan before the node has named its fee. */
export type PlanDraft = Omit<PreparePlan, 'feeEstimate' | 'feeMax'>;

type DraftParts = {
  chains: Chains;
  /** Makes the grant's fresh session key, or gives the address of the one it has. */
  sessionKey: (grantId: string) => Promise<Address>;
  /** 32 random bytes. */
  randomSalt: () => Hex;
};

type DraftInput = {
  grantId: string;
  owner: Address;
  params: PrepareParams;
  asked: readonly AskedActions[];
};

const addressesDiffer = (addresses: readonly Address[]) =>
  unavailable({
    reason: 'ACCOUNT_ADDRESS_DIFFERS',
    message: "The chains of this request don't agree on the account's address.",
    action: 'Check the RPC addresses of the chains in the settings.',
    details: { addresses },
  });

/** The owner's account, read from the factory on every given chain and required to be one address. */
const accountOn = async (chains: readonly Chain[], owner: Address): Promise<Address> => {
  const addresses = await Promise.all(chains.map((chain) => chain.accountAddress(owner, defaultMeeVersion)));
  const [first] = addresses;
  if (first === undefined || addresses.some((address) => !isAddressEqual(address, first))) {
    throw addressesDiffer(addresses);
  }
  return first;
};

const budgetOf = (
  { enableSession: { maxPaymentAmount }, feeToken }: PrepareParams,
  tokens: TokenBook,
): bigint => {
  if (maxPaymentAmount !== undefined) return maxPaymentAmount;
  const decimals = tokens.of(feeToken.chainId, feeToken.address)?.decimals;
  if (decimals !== undefined) return defaultBudgetUnits * 10n ** BigInt(decimals);
  throw unavailable({
    reason: 'FEE_TOKEN_UNREADABLE',
    message: "The fee token doesn't say how many decimals it has, so no default fee budget can be made.",
    action: 'Check the address of the fee token and its chain, or give a maxPaymentAmount.',
    details: { ...feeToken },
  });
};

/** The fee token's chain always holds a session, because fees are paid there. */
const withFeeChain = (asked: readonly AskedActions[], feeChainId: number): readonly AskedActions[] =>
  asked.some(({ chainId }) => chainId === feeChainId)
    ? asked
    : [...asked, { chainId: feeChainId, actions: [], signatures: [] }];

/** Plans a PREPARE: account, keys, and the exact sessions per chain. Reads chains; signs nothing. */
export const createDrafter = ({ chains, sessionKey, randomSalt }: DraftParts) => {
  const planOn = async (chain: Chain, account: Address) => {
    const [hasCode, installed] = await Promise.all([
      chain.hasCode(account),
      chain.isSmartSessionInstalled(account),
    ]);
    return { deployAccount: !hasCode, installModule: !installed };
  };

  return async ({
    grantId,
    owner,
    params,
    asked,
  }: DraftInput): Promise<{ draft: PlanDraft; tokens: TokenBook }> => {
    const { feeToken } = params;
    const all = withFeeChain(asked, feeToken.chainId);
    const onChains = await Promise.all(all.map(({ chainId }) => chains.on(chainId)));
    const account = await accountOn(onChains, owner);
    for (const { actions } of asked) assertActions(actions, account);
    const [states, tokens] = await Promise.all([
      Promise.all(onChains.map((chain) => planOn(chain, account))),
      readTokens(onChains, all, feeToken),
    ]);
    const feeBudget = budgetOf(params, tokens);
    const redeemer = await sessionKey(grantId);

    const permissions = all.map(({ chainId, actions, signatures }, index): PlannedPermission => {
      const pays = chainId === feeToken.chainId;
      const budgeted = pays
        ? withFeeBudget(actions, { token: feeToken.address, maxPaymentAmount: feeBudget })
        : { actions, feeBudgetIndex: null };
      const version = defaultMeeVersion;
      const session = buildSession({ redeemer, actions: budgeted.actions, salt: randomSalt(), version });
      return {
        chainId,
        permissionId: permissionId(session),
        session,
        deployAccount: states[index]?.deployAccount ?? false,
        installModule: states[index]?.installModule ?? false,
        signatures: pays ? [...signatures, null] : signatures,
        feeBudgetIndex: budgeted.feeBudgetIndex,
      };
    });
    const draft = {
      grantId,
      account,
      owner,
      version: defaultMeeVersion,
      redeemer,
      permissions,
      feeToken,
      feeBudget,
    };
    return { draft, tokens };
  };
};

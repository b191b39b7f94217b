import { isAddressEqual, zeroAddress } from 'viem';
import type { ActionData } from '../../protocol/actions/action';
import { readFunction } from '../../protocol/actions/functionSignature';
import { assertActions } from '../../protocol/actions/validate';
import { decodePolicy } from '../../protocol/policies/registry';
import type { RequestedAction } from '../../rpc/dapp/actions';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import { invalidParams } from '../errors/rpcErrors';
import { assertBounds } from './bounds';
import { assertCleanUps, assertFunding, assertInstructions } from './checkFunding';
import type { Moment } from './networkTime';

/** What a PREPARE asks for on one chain, checked. `signatures` are the dapp's claims, per action. */
export type AskedActions = {
  chainId: number;
  actions: readonly ActionData[];
  signatures: readonly (string | null)[];
  /** How many actions each entry of the request has, in their order: with `batchActions: false` one operation each. */
  parts: readonly number[];
};

const signatureForm = /^[A-Za-z_$][\w$]{0,63}\(/;

const assertSignature = ({ signature, actionTarget, actionTargetSelector }: RequestedAction): void => {
  if (signature === undefined) return;
  if (signatureForm.test(signature) && readFunction(signature).selector === actionTargetSelector) return;
  throw invalidParams({
    reason: 'SIGNATURE_MISMATCH',
    message: `The signature ${signature} isn't the function ${actionTargetSelector} of ${actionTarget}.`,
    action: 'Give the signature whose selector is asked for, or leave it out.',
    details: { signature, target: actionTarget, selector: actionTargetSelector },
  });
};

const assertNotOver = (
  { actionPolicies, actionTarget, actionTargetSelector }: RequestedAction,
  now: number,
): void => {
  for (const encoded of actionPolicies) {
    const policy = decodePolicy(encoded);
    if (policy.type !== 'timeframe' || policy.validUntil === 0 || policy.validUntil > now) continue;
    throw invalidParams({
      reason: 'TIMEFRAME_OVER',
      message: `The time window for ${actionTargetSelector} of ${actionTarget} is over already.`,
      action: 'Give an end in the future, in unix seconds.',
      details: { target: actionTarget, selector: actionTargetSelector, validUntil: policy.validUntil, now },
    });
  }
};

/** The default of whole units fits tokens of about a dollar, and no chain's own coin. */
const assertNativeBudget = ({ enableSession, feeToken }: PrepareParams): void => {
  if (!enableSession || !feeToken || enableSession.maxPaymentAmount !== undefined) return;
  if (!isAddressEqual(feeToken.address, zeroAddress)) return;
  throw invalidParams({
    reason: 'FEE_BUDGET_NEEDED',
    message: "There is no default fee budget in a chain's own coin.",
    action: 'Give enableSession.maxPaymentAmount: the most, in wei, that later uses may pay in fees.',
    details: { feeToken },
  });
};

const assertFeeBudget = ({ enableSession, feeToken }: PrepareParams): void => {
  const budget = enableSession?.maxPaymentAmount;
  if (budget === undefined || (budget !== 0n && feeToken !== undefined)) return;
  throw invalidParams({
    reason: budget === 0n ? 'FEE_BUDGET_ZERO' : 'FEE_BUDGET_WITHOUT_TOKEN',
    message:
      budget === 0n
        ? 'A fee budget of 0 leaves nothing to pay the node with.'
        : 'A fee budget needs the token that it is counted in.',
    action:
      budget === 0n
        ? 'Give a maxPaymentAmount above 0, or leave it out for the default; without fees, ask with sponsorship and without feeToken.'
        : 'Name the feeToken, or leave maxPaymentAmount out.',
  });
};

const toActionData = ({
  actionTarget,
  actionTargetSelector,
  actionPolicies,
}: RequestedAction): ActionData => ({
  actionTarget,
  actionTargetSelector,
  actionPolicies,
});

const joinByChain = (params: PrepareParams, now: number): readonly AskedActions[] => {
  const entries = params.enableSession?.actions ?? [];
  return [...new Set(entries.map((entry) => entry.chainId))].map((chainId) => {
    const own = entries.filter((entry) => entry.chainId === chainId);
    const asked = own.flatMap((entry) => entry.actions);
    const actions = asked.map(toActionData);
    assertActions(actions);
    for (const action of asked) {
      assertSignature(action);
      assertNotOver(action, now);
    }
    const signatures = asked.map((action) => action.signature ?? null);
    return { chainId, actions, signatures, parts: own.map((entry) => entry.actions.length) };
  });
};

/**
 * Checks what a PREPARE asks for as far as the request alone shows it, and joins what it asks for on one chain.
 * @throws RpcError -32602, ProtocolError of actions and policies
 */
export const checkPrepare = (params: PrepareParams, moment: Moment): readonly AskedActions[] => {
  assertBounds(params, moment);
  assertFeeBudget(params);
  assertNativeBudget(params);
  assertFunding(params);
  assertInstructions(params.instructions);
  assertCleanUps(params.cleanUps);
  return joinByChain(params, moment.now);
};

/** Every chain that a PREPARE names, each once; no other is touched. */
export const chainsOfPrepare = (params: PrepareParams): readonly number[] => {
  const { enableSession, feeToken, instructions, cleanUps, trigger } = params;
  const named = [
    ...(enableSession?.actions ?? []),
    ...(feeToken ? [feeToken] : []),
    ...instructions,
    ...cleanUps,
    ...(trigger ? [trigger] : []),
  ];
  return [...new Set(named.map(({ chainId }) => chainId))];
};

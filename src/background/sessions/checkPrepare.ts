import type { ActionData } from '../../protocol/actions/action';
import { readFunction } from '../../protocol/actions/functionSignature';
import { assertActions } from '../../protocol/actions/validate';
import { decodePolicy } from '../../protocol/policies/registry';
import type { PrepareParams } from '../../rpc/dapp/schema';
import { invalidParams } from '../errors/rpcErrors';
import { assertBounds } from './bounds';

/** What a PREPARE asks for on one chain, checked. `signatures` are the dapp's claims, per action. */
export type AskedActions = {
  chainId: number;
  actions: readonly ActionData[];
  signatures: readonly (string | null)[];
};

type AskedAction = PrepareParams['enableSession']['actions'][number]['actions'][number];

const signatureForm = /^[A-Za-z_$][\w$]{0,63}\(/;

const assertSignature = ({ signature, actionTarget, actionTargetSelector }: AskedAction): void => {
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
  { actionPolicies, actionTarget, actionTargetSelector }: AskedAction,
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

const assertFeeBudget = ({ enableSession: { maxPaymentAmount } }: PrepareParams): void => {
  if (maxPaymentAmount !== 0n) return;
  throw invalidParams({
    reason: 'FEE_BUDGET_ZERO',
    message: 'A fee budget of 0 leaves nothing to pay the node with.',
    action: 'Give a maxPaymentAmount above 0, or leave it out for the default.',
  });
};

const toActionData = ({ actionTarget, actionTargetSelector, actionPolicies }: AskedAction): ActionData => ({
  actionTarget,
  actionTargetSelector,
  actionPolicies,
});

/**
 * Checks what a PREPARE asks for as far as the request alone shows it, and joins what it asks for on one chain.
 * @param now unix seconds
 * @throws RpcError -32602, ProtocolError of actions and policies
 */
export const checkPrepare = (params: PrepareParams, now: number): readonly AskedActions[] => {
  assertBounds(params, now);
  assertFeeBudget(params);
  const entries = params.enableSession.actions;
  return [...new Set(entries.map((entry) => entry.chainId))].map((chainId) => {
    const asked = entries.filter((entry) => entry.chainId === chainId).flatMap((entry) => entry.actions);
    const actions = asked.map(toActionData);
    assertActions(actions);
    for (const action of asked) {
      assertSignature(action);
      assertNotOver(action, now);
    }
    return { chainId, actions, signatures: asked.map((action) => action.signature ?? null) };
  });
};

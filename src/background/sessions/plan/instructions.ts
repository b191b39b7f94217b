import { zeroAddress } from 'viem';
import type { ComposableCall } from '../../../protocol/actions/composableCall';
import { meeVersions } from '../../../protocol/constants/versions';
import type { BatchContext } from '../../../protocol/mee/batch';
import type { Instruction, TimeBounds } from '../../../protocol/mee/instruction';
import { enableInstructions, installInstruction, prepareInstructions } from '../../../protocol/mee/prepare';
import { type PlannedTrigger, planTrigger } from '../../../protocol/mee/trigger';
import type { RequestedComposableCall, RequestedPlainCall } from '../../../rpc/dapp/calls';
import type { PrepareParams } from '../../../rpc/dapp/prepareParams';
import type { OwnerPlan, PlannedPermission, PreparePlan } from '../../../storage/records';

type RequestedInstruction = PrepareParams['instructions'][number];
type RequestedCall = RequestedPlainCall | RequestedComposableCall;

const isPlain = (call: RequestedCall): call is RequestedPlainCall => 'data' in call;

const gasOf = ({ gasLimit }: RequestedCall) => (gasLimit === undefined ? {} : { gasLimit });

const composableCall = ({ to, value, selector, inputs }: RequestedComposableCall): ComposableCall => ({
  to,
  value,
  selector,
  inputs,
  trailing: [],
  outputs: [],
});

const callInstruction = (chainId: number, call: RequestedCall): Instruction =>
  isPlain(call)
    ? { chainId, composable: false, calls: [call] }
    : { chainId, composable: true, calls: [{ ...composableCall(call), ...gasOf(call) }] };

/** An instruction of a request. One with calls of both kinds becomes one instruction per call. */
const requestedInstructions = ({ chainId, calls }: RequestedInstruction): readonly Instruction[] => {
  const plain = calls.filter(isPlain);
  if (plain.length === calls.length) return [{ chainId, composable: false, calls: plain }];
  return calls.map((call) => callInstruction(chainId, call));
};

/** The trigger of a plan as a quote uses it. */
export const triggerOf = ({
  trigger,
  owner,
}: Pick<OwnerPlan, 'trigger' | 'owner'>): PlannedTrigger | undefined => {
  if (!trigger) return undefined;
  const { kind, token, chainId, amount, approvalAmount, recipient, useMaxAvailableFunds, gasLimit } = trigger;
  return planTrigger(
    {
      tokenAddress: kind === 'native' ? zeroAddress : token,
      chainId,
      amount,
      useMaxAvailableFunds,
      recipientAddress: recipient,
      ...(approvalAmount === undefined ? {} : { approvalAmount }),
      ...(gasLimit === undefined ? {} : { gasLimit }),
    },
    { quoteType: kind === 'permit' ? 'permit' : 'onchain', owner },
  );
};

const partsOf = ({ session, parts }: PlannedPermission) => {
  let start = 0;
  return (parts ?? [session.actions.length]).map((length) => {
    start += length;
    return { ...session, actions: session.actions.slice(start - length, start) };
  });
};

/** What the instructions of a PREPARE are made from, so that they come out the same whenever they are asked for. */
export type PrepareSource = Pick<
  PreparePlan,
  'account' | 'owner' | 'version' | 'smartSession' | 'permissions' | 'trigger'
> & {
  /** Chains on which the module is installed first. */
  installOn: readonly number[];
  instructions: PrepareParams['instructions'];
  batchActions: boolean;
};

/** What a PREPARE does, in order, one instruction per operation once they are batched. */
export const instructionsOfPrepare = (source: PrepareSource, bounds: TimeBounds): readonly Instruction[] => {
  const { account, version, smartSession, permissions, installOn, instructions, batchActions } = source;
  const context: BatchContext = { bounds, forwarder: meeVersions[version].ethForwarderAddress };
  const trigger = triggerOf(source);
  return prepareInstructions(
    {
      account,
      ...(trigger === undefined ? {} : { trigger }),
      install: installOn.map((chainId) => installInstruction({ account, chainId, smartSession, version })),
      instructions: instructions.flatMap(requestedInstructions),
      enable: permissions.flatMap((permission) =>
        enableInstructions(
          { session: permission.session, parts: partsOf(permission) },
          { account, chainId: permission.chainId, smartSession, batchActions },
        ),
      ),
      batchActions,
    },
    context,
  );
};

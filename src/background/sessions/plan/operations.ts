import { meeVersions } from '../../../protocol/constants/versions';
import { batchInstructions } from '../../../protocol/mee/batch';
import type { TimeBounds } from '../../../protocol/mee/instruction';
import { operationOf } from '../../../protocol/mee/operation';
import type { PrepareParams } from '../../../rpc/dapp/prepareParams';
import type { PlannedOperation, PreparePlan } from '../../../storage/records';
import { instructionsOfPrepare, type PrepareSource } from './instructions';

type SourceOfPlan = Pick<
  PreparePlan,
  'account' | 'owner' | 'version' | 'smartSession' | 'permissions' | 'trigger' | 'installOn'
>;

/** What a plan's instructions are made from, again and again the same. */
export const sourceOf = (
  { account, owner, version, smartSession, permissions, installOn, trigger }: SourceOfPlan,
  { instructions, enableSession }: PrepareParams,
): PrepareSource => ({
  ...{ account, owner, version, smartSession, permissions, installOn, instructions },
  ...(trigger === undefined ? {} : { trigger }),
  batchActions: enableSession?.batchActions ?? true,
});

/** The exact calldata of every operation. */
export const operationsOf = (source: PrepareSource, bounds: TimeBounds): readonly PlannedOperation[] => {
  const { composabilityVersion, ethForwarderAddress } = meeVersions[source.version];
  const instructions = instructionsOfPrepare(source, bounds);
  const batched = source.batchActions
    ? batchInstructions(instructions, { bounds, forwarder: ethForwarderAddress })
    : instructions;
  return batched.map((instruction) => {
    const { chainId, callData } = operationOf(instruction, composabilityVersion);
    return { chainId, callData };
  });
};

import type { Address } from 'viem';
import { installSmartSessionCalls } from '../account/install';
import { fixedCall } from '../actions/composableCall';
import { smartSessionAddress } from '../constants/addresses';
import type { MeeVersion } from '../constants/versions';
import { enablePartCall, enableSessionsCall } from '../session/enable';
import type { SessionParts } from '../session/session';
import { type BatchContext, batchInstructions } from './batch';
import type { ComposableInstruction, Instruction } from './instruction';
import { customMetadata } from './metadata';
import { installedOverride } from './simulation';
import { type PlannedTrigger, triggerInstruction } from './trigger';

/** An account on one chain, and the SmartSession deployment it uses (the canonical one by default). */
type AccountOn = { account: Address; chainId: number; smartSession?: Address };

/** Installs SmartSession on an account: both calls of `installSmartSessionCalls`. */
export function installInstruction(place: AccountOn & { version: MeeVersion }): ComposableInstruction {
  const calls = installSmartSessionCalls(place);
  return {
    chainId: place.chainId,
    composable: true,
    calls: calls.map(fixedCall),
    metadata: calls.map(() => customMetadata(place.chainId, 'Install smart sessions module')),
  };
}

/**
 * Enables a session. In parts, each becomes an instruction of its own that waits until the module is installed; such a
 * quote must not be batched.
 */
export function enableInstructions(
  { session, parts }: SessionParts,
  place: AccountOn & { batchActions: boolean },
): readonly ComposableInstruction[] {
  const { account, chainId, smartSession = smartSessionAddress, batchActions } = place;
  const metadata = [customMetadata(chainId, 'Enable smart sessions permissions')];
  if (batchActions) {
    const call = fixedCall(enableSessionsCall([session], smartSession));
    return [{ chainId, composable: true, calls: [call], metadata }];
  }
  return parts.map((part) => ({
    chainId,
    composable: true,
    calls: [enablePartCall({ part, account, smartSession })],
    metadata,
    overrides: {
      customOverrides: [installedOverride({ account, chainId, module: smartSession })],
    },
  }));
}

export type PrepareParts = {
  account: Address;
  trigger?: PlannedTrigger;
  /** Per chain where the module is missing. */
  install: readonly Instruction[];
  /** What else is to be done before the session is enabled. */
  instructions: readonly Instruction[];
  enable: readonly Instruction[];
  /** False when sessions are enabled in parts: then only the first steps are joined and the quote is sent unbatched. */
  batchActions: boolean;
};

/**
 * The instructions of a PREPARE in their order: the owner's money, installing, further instructions, enabling.
 * Give the result to `planSuperTransaction` with `batch: batchActions`.
 * @throws QuoteRequestError, CalldataError
 */
export function prepareInstructions(parts: PrepareParts, context: BatchContext): readonly Instruction[] {
  const { account, trigger, install, instructions, enable, batchActions } = parts;
  const setUp = batchInstructions([...install, ...instructions], context);
  const steps = [...setUp, ...enable];
  const composable = steps.some((step) => step.composable);
  const money = trigger === undefined ? null : triggerInstruction(trigger, { account, composable });
  if (money === null) return steps;
  if (batchActions) return [money, ...steps];
  return [...batchInstructions([money, ...steps.slice(0, 1)], context), ...steps.slice(1)];
}

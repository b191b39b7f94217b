import type { Address } from 'viem';
import { isAddressEqual, zeroAddress } from 'viem';
import { escalationReason } from '../../protocol/actions/escalation';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { RpcError } from '../../rpc/errors';
import { invalidParams } from '../errors/rpcErrors';

const refuse = (reason: string, message: string, action: string): RpcError =>
  invalidParams({ reason, message, action });

/** A sponsor is named only where one is asked for. @throws RpcError -32602 SPONSORSHIP_OFF */
export const assertSponsor = ({
  sponsorship,
  sponsorshipOptions,
}: Pick<PrepareParams, 'sponsorship' | 'sponsorshipOptions'>): void => {
  if (!sponsorshipOptions || sponsorship) return;
  throw refuse(
    'SPONSORSHIP_OFF',
    'A sponsor is named and sponsorship is not asked for.',
    'Ask with sponsorship: true, or leave sponsorshipOptions out.',
  );
};

const assertPayer = ({ feeToken, sponsorship }: PrepareParams): void => {
  if (feeToken || sponsorship) return;
  throw refuse(
    'FEE_TOKEN_MISSING',
    'Nobody is named who pays the fee.',
    'Name the feeToken, or ask with sponsorship: true.',
  );
};

const assertTrigger = ({ trigger, delegate }: PrepareParams): void => {
  if (!trigger) return;
  if (delegate) {
    throw refuse(
      'TRIGGER_WITH_DELEGATE',
      "With delegate the account is the owner's own address, so its funds are there already.",
      'Leave the trigger out.',
    );
  }
  if (trigger.useMaxAvailableFunds === (trigger.amount === undefined)) return;
  throw refuse(
    'TRIGGER_AMOUNT',
    'A trigger needs either an amount or useMaxAvailableFunds.',
    'Give one of both.',
  );
};

/** Who pays, and what the owner's own address brings in. @throws RpcError -32602 */
export const assertFunding = (params: PrepareParams): void => {
  assertSponsor(params);
  assertPayer(params);
  assertTrigger(params);
};

/**
 * Instructions run with all rights of the account, so none may go to the account's own machinery.
 * @param account when known: a call of the account itself is refused
 * @throws RpcError -32602 ESCALATION_TARGET
 */
export const assertInstructions = (
  instructions: PrepareParams['instructions'],
  account?: Address,
  modules: readonly Address[] = [],
): void => {
  for (const { to } of instructions.flatMap(({ calls }) => [...calls])) {
    const reason = escalationReason(to, account, modules);
    if (reason === null) continue;
    throw invalidParams({
      reason: 'ESCALATION_TARGET',
      message: `An instruction may not call ${reason}.`,
      action: 'Remove this call; what the account needs for a permission is done by itself.',
      details: { target: to },
    });
  }
};

/** @throws RpcError -32602 CLEAN_UP_RECIPIENT */
export const assertCleanUps = (cleanUps: PrepareParams['cleanUps']): void => {
  if (!cleanUps.some(({ recipientAddress }) => isAddressEqual(recipientAddress, zeroAddress))) return;
  throw refuse(
    'CLEAN_UP_RECIPIENT',
    'What is left over would go to the zero address.',
    'Name who gets what is left over.',
  );
};

import { size } from 'viem';
import { sameAddress } from '../address';
import { policyAddresses } from '../constants/addresses';
import { validatorAddresses } from '../constants/versions';
import type { Session } from '../session/session';
import { type Danger, danger } from './danger';

/** Dangers of a session as a whole. */
export function sessionDangers(session: Session): readonly Danger[] {
  const found: Danger[] = [];
  const { allowedERC7739Content, erc1271Policies } = session.erc7739Policies;
  if (allowedERC7739Content.length > 0 || erc1271Policies.length > 0) {
    found.push(danger('SIGNING_POWER', 'danger', 'The key could sign messages in the name of the account.'));
  }
  if (!isUsable(session)) {
    found.push(
      danger('OPERATION_POLICIES', 'warning', "The session can't be used through a node that pays the gas."),
    );
  }
  const knownValidator = validatorAddresses.some((known) => sameAddress(known, session.sessionValidator));
  if (!knownValidator || size(session.sessionValidatorInitData) !== 20) {
    found.push(danger('UNKNOWN_SIGNER', 'danger', 'It is not known who can use this session.'));
  }
  if (repeatsAction(session)) {
    found.push(
      danger('DUPLICATE_ACTION', 'warning', 'A function is listed twice; the chain mixes both entries.'),
    );
  }
  return found;
}

function isUsable({ permitERC4337Paymaster, userOpPolicies }: Session): boolean {
  const onlySudo = userOpPolicies.every(({ policy }) => sameAddress(policy, policyAddresses.sudo));
  return permitERC4337Paymaster && userOpPolicies.length > 0 && onlySudo;
}

function repeatsAction({ actions }: Session): boolean {
  const keys = actions.map((action) => `${action.actionTarget}${action.actionTargetSelector}`.toLowerCase());
  return new Set(keys).size < keys.length;
}

import type { Address, Hex } from 'viem';
import { isHex, size, zeroAddress } from 'viem';
import type { ActionData } from '../actions/action';
import { assertActions } from '../actions/validate';
import { parseAddress } from '../address';
import { type MeeVersion, meeVersions } from '../constants/versions';
import { ProtocolError } from '../errors';
import type { EncodedPolicy } from '../policies/policy';
import { encodePolicy } from '../policies/registry';

/** Content that a session may sign for by ERC-7739. */
export type AllowedContent = { appDomainSeparator: Hex; contentNames: readonly string[] };

/** A SmartSession `Session`: who may act (validator and its init data), and within which actions and policies. */
export type Session = {
  sessionValidator: Address;
  /** For the K1 MEE validator: the redeemer's 20 bytes. */
  sessionValidatorInitData: Hex;
  /** 32 random bytes from the caller; with the validator and its init data it decides the permission id. */
  salt: Hex;
  userOpPolicies: readonly EncodedPolicy[];
  erc7739Policies: {
    allowedERC7739Content: readonly AllowedContent[];
    erc1271Policies: readonly EncodedPolicy[];
  };
  actions: readonly ActionData[];
  permitERC4337Paymaster: boolean;
};

/** A session that can't be built as asked. Codes: `SALT_SIZE`, `REDEEMER_ZERO`. */
export class SessionError extends ProtocolError {}

export type BuildSessionParameters = {
  /** Address of the session key. */
  redeemer: Address;
  /** At least one; the fee budget action included. */
  actions: readonly ActionData[];
  /** 32 random bytes, never used before. */
  salt: Hex;
  version: MeeVersion;
  /** The smart account, when known: an action on it is refused. */
  account?: Address;
  /** The SmartSession deployment that will hold the session, when it is not the canonical one. */
  smartSession?: Address;
};

/** A session that is enabled part by part; see `buildSessionParts`. */
export type SessionParts = {
  /** The session as it stands when every part is enabled. */
  session: Session;
  /** One session per part: same permission id, only the actions of that part. */
  parts: readonly Session[];
};

/**
 * The session struct of a grant: K1 validator of the suite, sudo at session level, no ERC-1271 signing power,
 * paymasters allowed (operations of a supertransaction carry one).
 * @throws SessionError, ActionError, PolicyError, AddressError
 */
export function buildSession(parameters: BuildSessionParameters): Session {
  const redeemer = parseAddress(parameters.redeemer, 'redeemer');
  if (redeemer === zeroAddress) {
    throw new SessionError('REDEEMER_ZERO', {
      shortMessage: 'The session key has the zero address.',
      action: 'Create a session key and pass its address.',
    });
  }
  assertSalt(parameters.salt);
  const { actions, account, smartSession } = parameters;
  assertActions(actions, account, smartSession === undefined ? [] : [smartSession]);
  return {
    sessionValidator: meeVersions[parameters.version].validatorAddress,
    sessionValidatorInitData: redeemer,
    salt: parameters.salt,
    userOpPolicies: [encodePolicy({ type: 'sudo' })],
    erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
    actions,
    permitERC4337Paymaster: true,
  };
}

/**
 * A session whose actions are enabled in parts, one operation each, for chains where one block has no room for all.
 * The parts are checked as the one permission that they become.
 * @param parameters.parts the actions of each part, in order; at least one action in all
 * @throws SessionError, ActionError, PolicyError, AddressError
 */
export function buildSessionParts(
  parameters: Omit<BuildSessionParameters, 'actions'> & { parts: readonly (readonly ActionData[])[] },
): SessionParts {
  const { parts, ...rest } = parameters;
  const session = buildSession({ ...rest, actions: parts.flat() });
  return { session, parts: parts.map((actions) => ({ ...session, actions })) };
}

function assertSalt(salt: Hex): void {
  if (isHex(salt, { strict: true }) && size(salt) === 32) return;
  throw new SessionError('SALT_SIZE', {
    shortMessage: 'The salt of a session must be 32 bytes.',
    action: 'Pass 32 fresh random bytes.',
  });
}

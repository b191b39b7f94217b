import { type Sentence, type SentencePart, type Severity, sentence } from '../policies/sentence';

/**
 * What a danger asks for: `forbid` is never approved, `acknowledge` wants an explicit yes besides the approval, `note`
 * only has to be seen.
 */
export type DangerResponse = 'forbid' | 'acknowledge' | 'note';

/** What each danger asks for, by its stable code. */
const responses = {
  SUDO: 'acknowledge',
  ONLY_TIME: 'note',
  NO_EXPIRY: 'acknowledge',
  UNLIMITED_AMOUNT: 'acknowledge',
  NO_TOTAL: 'note',
  UNLIMITED_NATIVE: 'acknowledge',
  ANY_RECIPIENT: 'note',
  ANY_SPENDER: 'acknowledge',
  ALLOWANCE_OUTLIVES_SESSION: 'note',
  OPERATOR_APPROVAL: 'acknowledge',
  NEEDS_ZERO_APPROVAL: 'note',
  NESTED_CALLS: 'acknowledge',
  CONTRACT_CONTROL: 'acknowledge',
  RULE_MISLEADING: 'acknowledge',
  UNKNOWN_FUNCTION: 'acknowledge',
  CLAIM_FALSE: 'acknowledge',
  NO_CODE: 'acknowledge',
  UNVERIFIED_CODE: 'acknowledge',
  CODE_UNREAD: 'note',
  SPENDER_WITHOUT_CODE: 'acknowledge',
  ACCOUNT_UPGRADE: 'acknowledge',
  ACCOUNT_DELEGATION: 'acknowledge',
  FOREIGN_DELEGATION: 'acknowledge',
  ESCALATION_TARGET: 'forbid',
  ANY_CONTRACT: 'forbid',
  UNKNOWN_POLICY: 'forbid',
  POLICY_UNSOUND: 'forbid',
  NO_POLICIES: 'forbid',
  DUPLICATE_ACTION: 'forbid',
  SIGNING_POWER: 'forbid',
  OPERATION_POLICIES: 'forbid',
  UNKNOWN_SIGNER: 'forbid',
} as const satisfies Record<string, DangerResponse>;

/** Kinds of danger that a review marks. */
export type DangerCode = keyof typeof responses;

/** Something the person should see before approving. */
export type Danger = { code: DangerCode; response: DangerResponse; sentence: Sentence };

/** A danger with its sentence. */
export function danger(code: DangerCode, severity: Severity, ...parts: readonly SentencePart[]): Danger {
  return { code, response: responses[code], sentence: sentence(severity, ...parts) };
}

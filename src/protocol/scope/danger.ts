import { type Sentence, type SentencePart, type Severity, sentence } from '../policies/sentence';

/** Kinds of danger that a review marks. */
export type DangerCode =
  | 'SUDO'
  | 'ONLY_TIME'
  | 'NO_EXPIRY'
  | 'UNLIMITED_AMOUNT'
  | 'NO_TOTAL'
  | 'ANY_RECIPIENT'
  | 'ALLOWANCE_OUTLIVES_SESSION'
  | 'OPERATOR_APPROVAL'
  | 'ESCALATION_TARGET'
  | 'UNKNOWN_POLICY'
  | 'POLICY_UNSOUND'
  | 'NO_POLICIES'
  | 'DUPLICATE_ACTION'
  | 'SIGNING_POWER'
  | 'OPERATION_POLICIES'
  | 'UNKNOWN_SIGNER';

/** Something the person should see before approving. */
export type Danger = { code: DangerCode; sentence: Sentence };

/** A danger with its sentence. */
export function danger(code: DangerCode, severity: Severity, ...parts: readonly SentencePart[]): Danger {
  return { code, sentence: sentence(severity, ...parts) };
}

import { decodeErrorResult, type Hex, parseAbi, slice, toFunctionSelector } from 'viem';

const knownErrors = parseAbi([
  'error FailedOp(uint256 opIndex, string reason)',
  'error FailedOpWithRevert(uint256 opIndex, string reason, bytes inner)',
  'error PolicyViolation(bytes32 permissionId, address policy)',
  'error PolicyCheckReverted(bytes32 reason)',
  'error NoPoliciesSet(bytes32 permissionId)',
  'error InvalidPermissionId(bytes32 permissionId)',
  'error PaymasterValidationNotEnabled(bytes32 permissionId)',
  'error SignerNotFound(bytes32 permissionId, address account)',
  'error InvalidSelfCall()',
  'error InvalidCallTarget()',
  'error InvalidTarget()',
  'error InvalidActionId()',
  'error InvalidData()',
  'error NoExecutionsInBatch()',
  'error InvalidSession(bytes32 permissionId)',
  'error InvalidUserOpSender(address sender)',
  'error UnsupportedExecutionType()',
  'error UnsupportedCallType(bytes1 callType)',
  'error UnsupportedPolicy(address policy)',
  'error UnsupportedSmartSessionMode(uint8 mode)',
  'error SmartSessionModuleAlreadyInstalled(address account)',
  'error InvalidISessionValidator(address validator)',
  'error PolicyNotInitialized(bytes32 configId, address multiplexer, address account)',
  'error ValueLimitExceeded(bytes32 configId, uint256 value, uint256 limit)',
  'error InvalidLimit(uint256 limit)',
  'error InvalidTokenAddress(address token)',
  'error ConstraintNotMet(uint8 constraintType)',
  'error ComposableExecutionFailed()',
  'error ExecutionFailed()',
  'error InvalidParameterEncoding(string message)',
  'error InvalidSetOfInputParams(string message)',
  'error OutputParamsNotSupported()',
  'error PermitFailed()',
  'error UnsupportedTransactionType(bytes1 transactionType)',
  'error CallDataTooShort()',
  'error ForwardFailed()',
  'error AllowanceNotZero()',
  'error ModuleAlreadyInstalled(uint256 moduleTypeId, address module)',
  'error ValidatorNotInstalled(address module)',
  'error NexusInitializationFailed()',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
]);

const selectorNames = new Map<Hex, string>(
  knownErrors.map((error) => [
    toFunctionSelector(`${error.name}(${error.inputs.map((input) => input.type).join(',')})`),
    error.name,
  ]),
);

/** Why a call was refused: the text for people, and the names of the errors in it, outermost first. */
export type RevertReason = { text: string; names: readonly string[] };

const plain = (text: string): RevertReason => ({ text, names: [] });

function describeEntryPoint(reason: string, inner?: Hex): RevertReason {
  if (inner === undefined || inner === '0x') return { text: reason, names: [reason] };
  const cause = describeRevert(inner);
  return { text: `${reason}: ${cause.text}`, names: [reason, ...cause.names] };
}

/**
 * Reads revert data of EntryPoint v0.7, SmartSession, its policies, the account or a token. Data of an unknown
 * error stays hex.
 */
export function describeRevert(data: Hex): RevertReason {
  if (data === '0x') return plain('reverted without a reason');
  try {
    const error = decodeErrorResult({ abi: knownErrors, data });
    if (error.errorName === 'FailedOp') return describeEntryPoint(error.args[1]);
    if (error.errorName === 'FailedOpWithRevert') return describeEntryPoint(error.args[1], error.args[2]);
    if (error.errorName === 'PolicyCheckReverted') return describePolicyCheck(error.args[0]);
    const values = (error.args ?? []).map(String).join(', ');
    return { text: `${error.errorName}(${values})`, names: [error.errorName] };
  } catch {
    return plain(`reverted with ${data}`);
  }
}

/** SmartSession keeps only the first word of a policy's revert data: enough for the name when the error is known. */
function describePolicyCheck(word: Hex): RevertReason {
  const selector = slice(word, 0, 4);
  const known = selectorNames.get(selector);
  return {
    text: known === undefined ? `PolicyCheckReverted(${word})` : `PolicyCheckReverted(${word}) by ${known}`,
    names: known === undefined ? ['PolicyCheckReverted'] : ['PolicyCheckReverted', known],
  };
}

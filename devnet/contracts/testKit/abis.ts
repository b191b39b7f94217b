import { parseAbi } from 'viem';

const userOpStruct =
  'struct PackedUserOperation { address sender; uint256 nonce; bytes initCode; bytes callData; bytes32 accountGasLimits; uint256 preVerificationGas; bytes32 gasFees; bytes paymasterAndData; bytes signature; }';

export const entryPointAbi = parseAbi([
  userOpStruct,
  'function handleOps(PackedUserOperation[] ops, address beneficiary)',
  'function getUserOpHash(PackedUserOperation userOp) view returns (bytes32)',
  'function getNonce(address sender, uint192 key) view returns (uint256)',
  'function balanceOf(address account) view returns (uint256)',
  'event UserOperationEvent(bytes32 indexed userOpHash, address indexed sender, address indexed paymaster, uint256 nonce, bool success, uint256 actualGasCost, uint256 actualGasUsed)',
  'event UserOperationRevertReason(bytes32 indexed userOpHash, address indexed sender, uint256 nonce, bytes revertReason)',
  'error FailedOp(uint256 opIndex, string reason)',
  'error FailedOpWithRevert(uint256 opIndex, string reason, bytes inner)',
]);

const composableStructs = [
  'struct Constraint { uint8 constraintType; bytes referenceData; }',
  'struct InputParam { uint8 fetcherType; bytes paramData; Constraint[] constraints; }',
  'struct OutputParam { uint8 fetcherType; bytes paramData; }',
  'struct ComposableExecution { address to; uint256 value; bytes4 functionSig; InputParam[] inputParams; OutputParam[] outputParams; }',
] as const;

export const accountAbi = parseAbi([
  userOpStruct,
  ...composableStructs,
  'function validateUserOp(PackedUserOperation userOp, bytes32 userOpHash, uint256 missingAccountFunds) returns (uint256)',
  'function execute(bytes32 mode, bytes executionCalldata) payable',
  'function executeComposable(ComposableExecution[] executions) payable',
  'function installModule(uint256 moduleTypeId, address module, bytes initData) payable',
  'function uninstallModule(uint256 moduleTypeId, address module, bytes deInitData) payable',
  'function initializeAccount(bytes initData) payable',
  'function isModuleInstalled(uint256 moduleTypeId, address module, bytes additionalContext) view returns (bool)',
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
  'function getValidatorsPaginated(address cursor, uint256 size) view returns (address[], address)',
  'function supportsModule(uint256 moduleTypeId) view returns (bool)',
  'function supportsExecutionMode(bytes32 mode) view returns (bool)',
  'function accountId() view returns (string)',
  'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
  'function onERC721Received(address operator, address from, uint256 tokenId, bytes data) returns (bytes4)',
  'function onERC1155Received(address operator, address from, uint256 id, uint256 value, bytes data) returns (bytes4)',
  'event TryExecuteUnsuccessful(bytes callData, bytes result)',
  'error AccountAccessUnauthorized()',
  'error NotInitializable()',
  'error ValidatorNotInstalled(address module)',
  'error LinkedList_EntryAlreadyInList(address entry)',
  'error MismatchModuleTypeId()',
  'error UnsupportedCallType(bytes1 callType)',
  'error UnsupportedExecType(bytes1 execType)',
  'error ConstraintNotMet(uint8 constraintType)',
  'error ComposableExecutionFailed()',
]);

export const factoryAbi = parseAbi([
  'function createAccount(bytes initData, bytes32 salt) payable returns (address)',
  'function computeAccountAddress(bytes initData, bytes32 salt) view returns (address)',
]);

export const bootstrapAbi = parseAbi([
  'struct BootstrapConfig { address module; bytes data; }',
  'struct BootstrapPreValidationHookConfig { uint256 hookType; address module; bytes data; }',
  'function initNexusWithDefaultValidatorAndOtherModulesNoRegistry(bytes defaultValidatorInitData, BootstrapConfig[] validators, BootstrapConfig[] executors, BootstrapConfig hook, BootstrapConfig[] fallbacks, BootstrapPreValidationHookConfig[] preValidationHooks) payable',
]);

export const validatorAbi = parseAbi([
  'function addSafeSender(address sender)',
  'function removeSafeSender(address sender)',
  'function isSafeSender(address sender, address smartAccount) view returns (bool)',
  'function getOwner(address smartAccount) view returns (address)',
  'function transferOwnership(address newOwner)',
  'function onInstall(bytes data)',
  'function isModuleType(uint256 moduleTypeId) view returns (bool)',
  'function isInitialized(address smartAccount) view returns (bool)',
  'function validateSignatureWithData(bytes32 hash, bytes signature, bytes data) view returns (bool)',
  'error NoOwnerProvided()',
  'error ModuleAlreadyInitialized()',
  'error NewOwnerIsNotEOA()',
  'error InvalidDataLength()',
  'error SafeSendersLengthInvalid()',
  'error ZeroAddressNotAllowed()',
]);

const sessionStructs = [
  'struct PolicyData { address policy; bytes initData; }',
  'struct ERC7739Context { bytes32 appDomainSeparator; string[] contentNames; }',
  'struct ERC7739Data { ERC7739Context[] allowedERC7739Content; PolicyData[] erc1271Policies; }',
  'struct ActionData { bytes4 actionTargetSelector; address actionTarget; PolicyData[] actionPolicies; }',
  'struct Session { address sessionValidator; bytes sessionValidatorInitData; bytes32 salt; PolicyData[] userOpPolicies; ERC7739Data erc7739Policies; ActionData[] actions; bool permitERC4337Paymaster; }',
] as const;

export const smartSessionAbi = parseAbi([
  userOpStruct,
  ...sessionStructs,
  'function validateUserOp(PackedUserOperation userOp, bytes32 userOpHash) returns (uint256)',
  'function enableSessions(Session[] sessions) returns (bytes32[])',
  'function removeSession(bytes32 permissionId)',
  'function disableActionId(bytes32 permissionId, bytes32 actionId)',
  'function disableActionPolicies(bytes32 permissionId, bytes32 actionId, address[] policies)',
  'function disableUserOpPolicies(bytes32 permissionId, address[] policies)',
  'function setPermit4337Paymaster(bytes32 permissionId, bool enabled)',
  'function isPermissionEnabled(bytes32 permissionId, address account) view returns (bool)',
  'function getPermissionId(Session session) pure returns (bytes32)',
  'function getPermissionIDs(address account) view returns (bytes32[])',
  'function getEnabledActions(address account, bytes32 permissionId) view returns (bytes32[])',
  'function getActionPolicies(address account, bytes32 permissionId, bytes32 actionId) view returns (address[])',
  'function areActionsEnabled(address account, bytes32 permissionId, ActionData[] actions) view returns (bool)',
  'function isActionPolicyEnabled(address account, bytes32 permissionId, bytes32 actionId, address policy) view returns (bool)',
  'function getSessionValidatorAndConfig(address account, bytes32 permissionId) view returns (address, bytes)',
  'function isInitialized(address smartAccount) view returns (bool)',
  'function isModuleType(uint256 moduleTypeId) view returns (bool)',
  'error InvalidData()',
  'error InvalidActionId()',
  'error NoExecutionsInBatch()',
  'error InvalidTarget()',
  'error InvalidISessionValidator(address sessionValidator)',
  'error InvalidSelfCall()',
  'error InvalidSession(bytes32 permissionId)',
  'error InvalidPermissionId(bytes32 permissionId)',
  'error InvalidUserOpSender(address sender)',
  'error NoPoliciesSet(bytes32 permissionId)',
  'error PolicyViolation(bytes32 permissionId, address policy)',
  'error PolicyCheckReverted(bytes32 reason)',
  'error UnsupportedCallType(bytes1 callType)',
  'error UnsupportedExecutionType()',
  'error UnsupportedPolicy(address policy)',
  'error UnsupportedSmartSessionMode(uint8 mode)',
  'error PaymasterValidationNotEnabled(bytes32 permissionId)',
]);

export const policyAbi = parseAbi([
  'function supportsInterface(bytes4 interfaceId) view returns (bool)',
  'function getUsageLimit(bytes32 id, address multiplexer, address account) view returns (uint128)',
  'function getUsed(bytes32 id, address multiplexer, address account) view returns (uint256)',
  'function getValueLimit(bytes32 id, address multiplexer, address account) view returns (uint256)',
  'function getTimeFrameConfig(bytes32 id, address multiplexer, address account) view returns (uint256)',
  'function getPolicyData(bytes32 id, address multiplexer, address token, address account) view returns (uint256 spendingLimit, uint256 alreadySpent, uint256 approvedAmount)',
  'struct LimitUsage { uint256 limit; uint256 used; }',
  'struct ParamRule { uint8 condition; uint64 offset; bool isLimited; bytes32 ref; LimitUsage usage; }',
  'struct ParamRules { uint256 length; ParamRule[16] rules; }',
  'function actionConfigs(bytes32 id, address multiplexer, address account) view returns (uint256 valueLimitPerUse, ParamRules paramRules)',
  'error PolicyNotInitialized(bytes32 id, address multiplexer, address account)',
  'error ValueLimitExceeded(bytes32 id, uint256 value, uint256 limit)',
  'error InvalidTokenAddress(address token)',
  'error InvalidLimit(uint256 limit)',
  'error InvalidInitDataLength()',
]);

export const counterAbi = parseAbi([
  'function count() view returns (uint256)',
  'function countOf(address caller) view returns (uint256)',
  'function incrementCount()',
  'function decrementCount()',
  'function addTo(uint256 amount)',
  'function addWithNote(string note, uint256 amount)',
  'function pay() payable',
  'function refuse()',
  'error Refused()',
]);

export const tokenAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address account) view returns (uint256)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function transfer(address to, uint256 amount) returns (bool)',
  'function transferFrom(address from, address to, uint256 amount) returns (bool)',
  'function approve(address spender, uint256 amount) returns (bool)',
  'function increaseAllowance(address spender, uint256 added) returns (bool)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  'function nonces(address owner) view returns (uint256)',
]);

/** Every error that a refusal may carry inside. */
export const errorAbi = [
  ...accountAbi,
  ...validatorAbi,
  ...smartSessionAbi,
  ...policyAbi,
  ...counterAbi,
].filter((item) => item.type === 'error');

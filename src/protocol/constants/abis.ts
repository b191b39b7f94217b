import { parseAbi, parseAbiParameters } from 'viem';

const sessionStructs = [
  'struct PolicyData { address policy; bytes initData; }',
  'struct ERC7739Context { bytes32 appDomainSeparator; string[] contentNames; }',
  'struct ERC7739Data { ERC7739Context[] allowedERC7739Content; PolicyData[] erc1271Policies; }',
  'struct ActionData { bytes4 actionTargetSelector; address actionTarget; PolicyData[] actionPolicies; }',
  'struct Session { address sessionValidator; bytes sessionValidatorInitData; bytes32 salt; PolicyData[] userOpPolicies; ERC7739Data erc7739Policies; ActionData[] actions; bool permitERC4337Paymaster; }',
] as const;

/** SmartSession module: the functions this product calls. */
export const smartSessionAbi = parseAbi([
  ...sessionStructs,
  'function enableSessions(Session[] sessions) returns (bytes32[] permissionIds)',
  'function removeSession(bytes32 permissionId)',
  'function disableActionId(bytes32 permissionId, bytes32 actionId)',
  'function disableActionPolicies(bytes32 permissionId, bytes32 actionId, address[] policies)',
  'function setPermit4337Paymaster(bytes32 permissionId, bool enabled)',
  'function isPermissionEnabled(bytes32 permissionId, address account) view returns (bool)',
  'function areActionsEnabled(address account, bytes32 permissionId, ActionData[] actions) view returns (bool)',
  'function getPermissionIDs(address account) view returns (bytes32[])',
  'function getEnabledActions(address account, bytes32 permissionId) view returns (bytes32[])',
]);

const limitStructs = [
  'struct LimitUsage { uint256 limit; uint256 used; }',
  'struct ParamRule { uint8 condition; uint64 offset; bool isLimited; bytes32 ref; LimitUsage usage; }',
  'struct ParamRules { uint256 length; ParamRule[16] rules; }',
] as const;

/** What the policy contracts tell of a configuration: the id, SmartSession as multiplexer, and the account. */
export const policyReadsAbi = parseAbi([
  ...limitStructs,
  'function getUsed(bytes32 id, address multiplexer, address account) view returns (uint256)',
  'function getPolicyData(bytes32 id, address multiplexer, address token, address account) view returns (uint256 spendingLimit, uint256 alreadySpent, uint256 approvedAmount)',
  'function actionConfigs(bytes32 id, address multiplexer, address account) view returns (uint256 valueLimitPerUse, ParamRules paramRules)',
]);

/** ERC-7579 account with native composability 1.0.0. */
export const accountAbi = parseAbi([
  'struct Constraint { uint8 constraintType; bytes referenceData; }',
  'struct InputParam { uint8 fetcherType; bytes paramData; Constraint[] constraints; }',
  'struct OutputParam { uint8 fetcherType; bytes paramData; }',
  'struct ComposableExecution { address to; uint256 value; bytes4 functionSig; InputParam[] inputParams; OutputParam[] outputParams; }',
  'function execute(bytes32 mode, bytes executionCalldata) payable',
  'function executeComposable(ComposableExecution[] executions) payable',
  'function installModule(uint256 moduleTypeId, address module, bytes initData) payable',
  'function isModuleInstalled(uint256 moduleTypeId, address module, bytes additionalContext) view returns (bool)',
  'function accountId() view returns (string)',
  'function getImplementation() view returns (address)',
  'function initializeAccount(bytes initData) payable',
]);

/** `executeComposable` of composability 1.1.0: target and value are inputs too. */
export const composable110Abi = parseAbi([
  'struct Constraint { uint8 constraintType; bytes referenceData; }',
  'struct InputParam { uint8 paramType; uint8 fetcherType; bytes paramData; Constraint[] constraints; }',
  'struct OutputParam { uint8 fetcherType; bytes paramData; }',
  'struct ComposableExecution { bytes4 functionSig; InputParam[] inputParams; OutputParam[] outputParams; }',
  'function executeComposable(ComposableExecution[] executions) payable',
]);

/** Contract that passes native coin on, so that a call always has a function. */
export const forwarderAbi = parseAbi(['function forward(address destination) payable']);

/** Account factory. */
export const factoryAbi = parseAbi([
  'function createAccount(bytes initData, bytes32 salt) payable returns (address)',
  'function computeAccountAddress(bytes initData, bytes32 salt) view returns (address)',
]);

/** Account bootstrap: what the factory's init data calls. */
export const bootstrapAbi = parseAbi([
  'struct BootstrapConfig { address module; bytes data; }',
  'struct BootstrapPreValidationHookConfig { uint256 hookType; address module; bytes data; }',
  'function initNexusWithDefaultValidatorAndOtherModulesNoRegistry(bytes defaultValidatorInitData, BootstrapConfig[] validators, BootstrapConfig[] executors, BootstrapConfig hook, BootstrapConfig[] fallbacks, BootstrapPreValidationHookConfig[] preValidationHooks)',
]);

/** K1 MEE validator. */
export const validatorAbi = parseAbi(['function addSafeSender(address sender)']);

/** ERC-20, the functions that spend, plus the common allowance extension. */
export const erc20SpendAbi = parseAbi([
  'function transfer(address to, uint256 amount) returns (bool)',
  'function transferFrom(address from, address to, uint256 amount) returns (bool)',
  'function approve(address spender, uint256 amount) returns (bool)',
  'function increaseAllowance(address spender, uint256 addedValue) returns (bool)',
]);

/** ERC-20 reads, EIP-2612 and EIP-5267. */
export const tokenReadsAbi = parseAbi([
  'function balanceOf(address account) view returns (uint256)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function nonces(address owner) view returns (uint256)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
  'function PERMIT_TYPEHASH() view returns (bytes32)',
  'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
]);

/** EntryPoint v0.7. */
export const entryPointAbi = parseAbi([
  'function getNonce(address sender, uint192 key) view returns (uint256 nonce)',
]);

/** One call of an ERC-7579 batch. */
export const executionBatchParameters = parseAbiParameters([
  'Execution[] executions',
  'struct Execution { address target; uint256 value; bytes callData; }',
]);

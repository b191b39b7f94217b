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
  'function isPermissionEnabled(bytes32 permissionId, address account) view returns (bool)',
  'function getPermissionIDs(address account) view returns (bytes32[])',
  'function getEnabledActions(address account, bytes32 permissionId) view returns (bytes32[])',
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
  'function initializeAccount(bytes initData) payable',
]);

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

/** EntryPoint v0.7. */
export const entryPointAbi = parseAbi([
  'function getNonce(address sender, uint192 key) view returns (uint256 nonce)',
]);

/** One call of an ERC-7579 batch. */
export const executionBatchParameters = parseAbiParameters([
  'Execution[] executions',
  'struct Execution { address target; uint256 value; bytes callData; }',
]);

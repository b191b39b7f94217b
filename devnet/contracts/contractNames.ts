/** Every contract that is compiled, by the source file (below `src/`) that defines it. */
export const contractSources = {
  Account: 'Account.sol',
  ComposerAccount: 'ComposerAccount.sol',
  AccountFactory: 'AccountFactory.sol',
  Bootstrap: 'Bootstrap.sol',
  OwnerValidator: 'OwnerValidator.sol',
  TypedOwnerValidator: 'TypedOwnerValidator.sol',
  EtherForwarder: 'EtherForwarder.sol',
  SmartSession: 'SmartSession.sol',
  SudoPolicy: 'policies/SudoPolicy.sol',
  UniversalPolicy: 'policies/UniversalPolicy.sol',
  TimeframePolicy: 'policies/TimeframePolicy.sol',
  UsageLimitPolicy: 'policies/UsageLimitPolicy.sol',
  SpendingLimitsPolicy: 'policies/SpendingLimitsPolicy.sol',
  ValueLimitPolicy: 'policies/ValueLimitPolicy.sol',
  DevPaymaster: 'DevPaymaster.sol',
  Multicall3: 'Multicall3.sol',
  PlainToken: 'tokens/PlainToken.sol',
  PermitToken: 'tokens/PermitToken.sol',
  VersionedPermitToken: 'tokens/VersionedPermitToken.sol',
  BarePermitToken: 'tokens/BarePermitToken.sol',
  SaltPermitToken: 'tokens/SaltPermitToken.sol',
  DaiToken: 'tokens/DaiToken.sol',
  StrictApproveToken: 'tokens/StrictApproveToken.sol',
  Counter: 'Counter.sol',
} as const;

export type ContractName = keyof typeof contractSources;

export const contractNames = Object.keys(contractSources).filter(
  (name): name is ContractName => name in contractSources,
);

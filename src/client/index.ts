export type { EncodedPolicy, Policy, UniversalRule } from '../protocol/policies/policy';
export type {
  EnabledPermissions,
  GrantState,
  GrantSummary,
  PrepareResult,
  RequestState,
  RevokeResult,
  UseResult,
} from '../rpc/dapp/results';
export type { CallCheck, RequestProgress, Usage } from './answers';
export {
  buildActionPolicy,
  buildSessionAction,
  calldataArgument,
  type RequestedAction,
  type RequestedSession,
  type SessionActionParameters,
} from './builders';
export type { Eip1193Provider } from './discovery';
export { type ConnectOptions, connect, type Latchkey, type PermissionReference } from './latchkey';
export { LatchkeyError } from './latchkeyError';
export type {
  CheckCallsOptions,
  CleanUp,
  FeeToken,
  PrepareOptions,
  RequestedCall,
  RequestedComposableCall,
  RevokeOptions,
  SimulationOptions,
  SponsorshipOptions,
  Trigger,
  UseOptions,
} from './options';
export { type ComposableCall, composableFunctionCall, constraints, runtimeValues } from './runtime';

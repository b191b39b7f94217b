export type { EncodedPolicy, Policy, UniversalRule } from '../protocol/policies/policy';
export type { GrantSummary, PrepareResult, RequestState, UseResult } from '../rpc/dapp/methods';
export type { RequestProgress } from './answers';
export {
  buildActionPolicy,
  buildSessionAction,
  calldataArgument,
  type RequestedAction,
  type RequestedSession,
  type SessionActionParameters,
} from './builders';
export type { Eip1193Provider } from './discovery';
export { type ConnectOptions, connect, type Latchkey } from './latchkey';
export { LatchkeyError } from './latchkeyError';
export type { FeeToken, PrepareOptions, RequestedCall, UseOptions } from './wire';

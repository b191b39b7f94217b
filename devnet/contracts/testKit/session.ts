import {
  type Address,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  type Hex,
  keccak256,
} from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { sessionContracts } from '../addresses';
import { smartSessionAbi } from './abis';
import type { TestAccount } from './account';
import { calls } from './calls';
import type { TestChain } from './chain';
import { expectDone, type OpParts, type Outcome, runOp, runOwnerOp } from './ops';
import { type PolicyData, policies } from './policies';

export interface Action {
  target: Address;
  selector: Hex;
  policies: readonly PolicyData[];
}

export interface SessionOptions {
  actions: readonly Action[];
  userOpPolicies?: readonly PolicyData[];
  permitPaymaster?: boolean;
}

export interface TestSession {
  key: PrivateKeyAccount;
  permissionId: Hex;
  /** As `enableSessions` takes it. */
  struct: ReturnType<typeof sessionStruct>;
}

function sessionStruct(account: TestAccount, signer: Address, salt: Hex, options: SessionOptions) {
  return {
    sessionValidator: account.contracts.validator,
    sessionValidatorInitData: signer,
    salt,
    userOpPolicies: options.userOpPolicies ?? [policies.sudo()],
    erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
    actions: options.actions.map(({ target, selector, policies: actionPolicies }) => ({
      actionTarget: target,
      actionTargetSelector: selector,
      actionPolicies,
    })),
    permitERC4337Paymaster: options.permitPaymaster ?? true,
  };
}

export function newSession(account: TestAccount, options: SessionOptions): TestSession {
  const key = privateKeyToAccount(generatePrivateKey());
  const salt = generatePrivateKey();
  const struct = sessionStruct(account, key.address, salt, options);
  return { key, struct, permissionId: permissionIdOf(struct.sessionValidator, key.address, salt) };
}

function permissionIdOf(validator: Address, initData: Hex, salt: Hex): Hex {
  const types = [{ type: 'address' }, { type: 'bytes' }, { type: 'bytes32' }] as const;
  return keccak256(encodeAbiParameters(types, [validator, initData, salt]));
}

export function actionIdOf(target: Address, selector: Hex): Hex {
  return keccak256(encodePacked(['address', 'bytes4'], [target, selector]));
}

function actionConfigId(account: Address, permissionId: Hex, target: Address, selector: Hex): Hex {
  return keccak256(concat([account, keccak256(concat([permissionId, actionIdOf(target, selector)]))]));
}

/** Lets the owner call the session module as the account. */
export function ownerCallsModule(chain: TestChain, account: TestAccount, data: Hex): Promise<Outcome> {
  return runOwnerOp(chain, account, { callData: calls.single({ to: sessionContracts.SmartSession, data }) });
}

export function tryEnable(chain: TestChain, account: TestAccount, session: TestSession): Promise<Outcome> {
  const args = [[session.struct]] as const;
  const data = encodeFunctionData({ abi: smartSessionAbi, functionName: 'enableSessions', args });
  return ownerCallsModule(chain, account, data);
}

/** A new session, enabled. */
export async function enabledSession(chain: TestChain, account: TestAccount, options: SessionOptions) {
  const session = newSession(account, options);
  expectDone(await tryEnable(chain, account, session));
  return session;
}

/** Runs `parts` by the session key; the signature is bare unless `sign` says otherwise. */
export function useSession(
  chain: TestChain,
  account: TestAccount,
  session: TestSession,
  parts: OpParts & { sign?: (userOpHash: Hex) => Hex | Promise<Hex> },
): Promise<Outcome> {
  const { sign = (hash: Hex) => session.key.sign({ hash }), ...op } = parts;
  return runOp(chain, account, {
    ...op,
    validator: sessionContracts.SmartSession,
    sign: async (hash) => concat(['0x00', session.permissionId, await sign(hash)]),
  });
}

/** Reads a policy's counters as its configuration for one action of the session. */
export function configOf(account: TestAccount, session: TestSession, target: Address, selector: Hex) {
  const id = actionConfigId(account.address, session.permissionId, target, selector);
  return [id, sessionContracts.SmartSession, account.address] as const;
}

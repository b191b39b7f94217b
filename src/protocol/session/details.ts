import { type Address, type Hex, zeroAddress } from 'viem';
import type { ActionData } from '../actions/action';
import { sessionModes } from '../constants/modes';
import type { EncodedPolicy } from '../policies/policy';
import { permissionId } from './permission';
import type { AllowedContent, Session } from './session';
import { placeholderSignature } from './signature';

/** A policy in a node's JSON: `address` repeats `policy`. */
type DetailedPolicy = EncodedPolicy & { address: Address };

type DetailedAction = Omit<ActionData, 'actionPolicies'> & { actionPolicies: readonly DetailedPolicy[] };

/** What a node wants to know of a session when it is used. `chainId` goes out as a decimal string. */
export type SessionDetails = {
  mode: Hex;
  permissionId: Hex;
  /** Placeholder for gas estimation, never a real signature. */
  signature: Hex;
  enableSessionData: {
    enableSession: {
      chainDigestIndex: number;
      hashesAndChainIds: readonly { chainId: bigint; sessionDigest: Hex }[];
      sessionToEnable: {
        sessionValidator: Address;
        sessionValidatorInitData: Hex;
        salt: Hex;
        userOpPolicies: readonly DetailedPolicy[];
        erc7739Policies: {
          allowedERC7739Content: readonly AllowedContent[];
          erc1271Policies: readonly DetailedPolicy[];
        };
        actions: readonly DetailedAction[];
        permitERC4337Paymaster: boolean;
        chainId: bigint;
      };
      permissionEnableSig: Hex;
    };
    validator: Address;
    accountType: 'nexus';
  };
};

/** The `sessionDetails` of an enabled session on one chain (mode USE). */
export function buildSessionDetails(session: Session, chainId: number): SessionDetails {
  const chain = BigInt(chainId);
  return {
    mode: sessionModes.use,
    permissionId: permissionId(session),
    signature: placeholderSignature,
    enableSessionData: {
      enableSession: {
        chainDigestIndex: 0,
        hashesAndChainIds: [{ chainId: chain, sessionDigest: '0x' }],
        sessionToEnable: { ...detailedSession(session), chainId: chain },
        permissionEnableSig: '0x',
      },
      validator: zeroAddress,
      accountType: 'nexus',
    },
  };
}

function detailedSession(session: Session) {
  return {
    sessionValidator: session.sessionValidator,
    sessionValidatorInitData: session.sessionValidatorInitData,
    salt: session.salt,
    userOpPolicies: session.userOpPolicies.map(detailedPolicy),
    erc7739Policies: {
      allowedERC7739Content: session.erc7739Policies.allowedERC7739Content,
      erc1271Policies: session.erc7739Policies.erc1271Policies.map(detailedPolicy),
    },
    actions: session.actions.map((action) => ({
      actionTarget: action.actionTarget,
      actionTargetSelector: action.actionTargetSelector,
      actionPolicies: action.actionPolicies.map(detailedPolicy),
    })),
    permitERC4337Paymaster: session.permitERC4337Paymaster,
  };
}

function detailedPolicy({ policy, initData }: EncodedPolicy): DetailedPolicy {
  return { policy, address: policy, initData };
}

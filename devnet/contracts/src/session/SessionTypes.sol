// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

struct PolicyData {
    address policy;
    bytes initData;
}

struct ERC7739Context {
    bytes32 appDomainSeparator;
    string[] contentNames;
}

struct ERC7739Data {
    ERC7739Context[] allowedERC7739Content;
    PolicyData[] erc1271Policies;
}

struct ActionData {
    bytes4 actionTargetSelector;
    address actionTarget;
    PolicyData[] actionPolicies;
}

struct Session {
    address sessionValidator;
    bytes sessionValidatorInitData;
    bytes32 salt;
    PolicyData[] userOpPolicies;
    ERC7739Data erc7739Policies;
    ActionData[] actions;
    bool permitERC4337Paymaster;
}

enum SmartSessionMode {
    USE,
    ENABLE,
    UNSAFE_ENABLE
}

enum PolicyType {
    NA,
    USER_OP,
    ACTION,
    ERC1271
}

interface ISmartSessionEvents {
    event SessionValidatorEnabled(bytes32 permissionId, address sessionValidator, address smartAccount);
    event SessionValidatorDisabled(bytes32 permissionId, address sessionValidator, address smartAccount);
    event PolicyEnabled(bytes32 permissionId, PolicyType policyType, address policy, address smartAccount);
    event PolicyDisabled(bytes32 permissionId, PolicyType policyType, address policy, address smartAccount);
    event ActionIdDisabled(bytes32 permissionId, bytes32 actionId, address smartAccount);
    event SessionCreated(bytes32 permissionId, address account);
    event SessionRemoved(bytes32 permissionId, address smartAccount);
    event PermissionIdPermit4337Paymaster(bytes32 permissionId, address smartAccount, bool enabled);
}

interface ISmartSessionErrors {
    error InvalidData();
    error InvalidActionId();
    error NoExecutionsInBatch();
    error InvalidTarget();
    error InvalidISessionValidator(address sessionValidator);
    error InvalidSelfCall();
    error InvalidSession(bytes32 permissionId);
    error SmartSessionModuleAlreadyInstalled(address account);
    error InvalidPermissionId(bytes32 permissionId);
    error InvalidMode();
    error InvalidUserOpSender(address sender);
    error NoPoliciesSet(bytes32 permissionId);
    error PolicyViolation(bytes32 permissionId, address policy);
    error PolicyCheckReverted(bytes32 reason);
    error SignerNotFound(bytes32 permissionId, address account);
    error UnsupportedCallType(bytes1 callType);
    error UnsupportedExecutionType();
    error UnsupportedPolicy(address policy);
    error UnsupportedSmartSessionMode(SmartSessionMode mode);
    error PaymasterValidationNotEnabled(bytes32 permissionId);
}

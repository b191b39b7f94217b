// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC165Checker} from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IActionPolicy, I1271Policy, IPolicy, IUserOpPolicy} from "../interfaces/IPolicy.sol";
import {IModule, MODULE_STATELESS_VALIDATOR} from "../interfaces/IModule.sol";
import {SessionIds} from "./SessionIds.sol";
import {
    ActionData,
    ISmartSessionErrors,
    ISmartSessionEvents,
    PolicyData,
    PolicyType,
    Session
} from "./SessionTypes.sol";

/// @notice What accounts have enabled. The caller is always the account that a change is for.
abstract contract SessionStore is ISmartSessionErrors, ISmartSessionEvents {
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    struct Signer {
        address validator;
        bytes config;
    }

    mapping(address account => EnumerableSet.Bytes32Set) internal permissions;
    /// @dev A configuration id names account, permission and kind, so one mapping holds every policy list.
    mapping(bytes32 configId => EnumerableSet.AddressSet) internal policies;
    mapping(bytes32 permissionId => mapping(address account => EnumerableSet.Bytes32Set)) internal actions;
    mapping(bytes32 permissionId => mapping(address account => Signer)) internal signers;
    mapping(bytes32 permissionId => mapping(address account => bool)) internal paymasterAllowed;

    modifier onlyEnabled(bytes32 permissionId) {
        if (!permissions[msg.sender].contains(permissionId)) revert InvalidPermissionId(permissionId);
        _;
    }

    function _enableSession(Session calldata session) internal returns (bytes32 permissionId) {
        permissionId = SessionIds.permissionOf(session);
        _enablePolicies(
            PolicyType.USER_OP,
            permissionId,
            SessionIds.userOpConfig(msg.sender, permissionId),
            session.userOpPolicies
        );
        _enablePolicies(
            PolicyType.ERC1271,
            permissionId,
            SessionIds.signatureConfig(msg.sender, permissionId),
            session.erc7739Policies.erc1271Policies
        );
        _enableActions(permissionId, session.actions);
        permissions[msg.sender].add(permissionId);
        _setPaymaster(permissionId, session.permitERC4337Paymaster);
        _enableSigner(permissionId, session.sessionValidator, session.sessionValidatorInitData);
        emit SessionCreated(permissionId, msg.sender);
    }

    function _enableActions(bytes32 permissionId, ActionData[] calldata list) internal {
        for (uint256 i; i < list.length; i++) {
            address target = list[i].actionTarget;
            if (target == address(0) || target == address(this)) revert InvalidActionId();
            bytes32 actionId = SessionIds.action(target, list[i].actionTargetSelector);
            _enablePolicies(
                PolicyType.ACTION,
                permissionId,
                SessionIds.actionConfig(msg.sender, permissionId, actionId),
                list[i].actionPolicies
            );
            actions[permissionId][msg.sender].add(actionId);
        }
    }

    /// @dev A policy that is enabled already is initialised again, which puts its counters back.
    function _enablePolicies(PolicyType kind, bytes32 permissionId, bytes32 configId, PolicyData[] calldata list)
        internal
    {
        for (uint256 i; i < list.length; i++) {
            address policy = list[i].policy;
            if (!ERC165Checker.supportsInterface(policy, _interfaceOf(kind))) revert UnsupportedPolicy(policy);
            policies[configId].add(policy);
            IPolicy(policy).initializeWithMultiplexer(msg.sender, configId, list[i].initData);
            emit PolicyEnabled(permissionId, kind, policy, msg.sender);
        }
    }

    function _disablePolicies(PolicyType kind, bytes32 permissionId, bytes32 configId, address[] calldata list)
        internal
    {
        for (uint256 i; i < list.length; i++) {
            if (policies[configId].remove(list[i])) emit PolicyDisabled(permissionId, kind, list[i], msg.sender);
        }
    }

    function _setPaymaster(bytes32 permissionId, bool enabled) internal {
        paymasterAllowed[permissionId][msg.sender] = enabled;
        emit PermissionIdPermit4337Paymaster(permissionId, msg.sender, enabled);
    }

    function _removeSession(bytes32 permissionId) internal {
        policies[SessionIds.userOpConfig(msg.sender, permissionId)].clear();
        policies[SessionIds.signatureConfig(msg.sender, permissionId)].clear();
        bytes32[] memory actionIds = actions[permissionId][msg.sender].values();
        for (uint256 i; i < actionIds.length; i++) {
            policies[SessionIds.actionConfig(msg.sender, permissionId, actionIds[i])].clear();
        }
        actions[permissionId][msg.sender].clear();
        emit SessionValidatorDisabled(permissionId, signers[permissionId][msg.sender].validator, msg.sender);
        delete signers[permissionId][msg.sender];
        delete paymasterAllowed[permissionId][msg.sender];
        permissions[msg.sender].remove(permissionId);
        emit SessionRemoved(permissionId, msg.sender);
    }

    function _enableSigner(bytes32 permissionId, address validator, bytes calldata config) private {
        Signer storage signer = signers[permissionId][msg.sender];
        if (signer.validator != address(0)) return;
        if (validator == address(0) || !IModule(validator).isModuleType(MODULE_STATELESS_VALIDATOR)) {
            revert InvalidISessionValidator(validator);
        }
        signer.validator = validator;
        signer.config = config;
        emit SessionValidatorEnabled(permissionId, validator, msg.sender);
    }

    function _interfaceOf(PolicyType kind) private pure returns (bytes4) {
        if (kind == PolicyType.USER_OP) return type(IUserOpPolicy).interfaceId;
        if (kind == PolicyType.ACTION) return type(IActionPolicy).interfaceId;
        return type(I1271Policy).interfaceId;
    }
}

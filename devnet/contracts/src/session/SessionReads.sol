// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {SessionIds} from "./SessionIds.sol";
import {SessionStore} from "./SessionStore.sol";
import {ActionData, PolicyData, Session} from "./SessionTypes.sol";

/// @notice What anyone may read about the sessions of an account.
abstract contract SessionReads is SessionStore {
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    function getPermissionId(Session calldata session) external pure returns (bytes32) {
        return SessionIds.permissionOf(session);
    }

    function getPermissionIDs(address account) external view returns (bytes32[] memory) {
        return permissions[account].values();
    }

    function isPermissionEnabled(bytes32 permissionId, address account) external view returns (bool) {
        return permissions[account].contains(permissionId);
    }

    function isISessionValidatorSet(bytes32 permissionId, address account) external view returns (bool) {
        return signers[permissionId][account].validator != address(0);
    }

    function getSessionValidatorAndConfig(address account, bytes32 permissionId)
        external
        view
        returns (address sessionValidator, bytes memory sessionValidatorData)
    {
        Signer storage signer = signers[permissionId][account];
        return (signer.validator, signer.config);
    }

    function getUserOpPolicies(address account, bytes32 permissionId) external view returns (address[] memory) {
        return policies[SessionIds.userOpConfig(account, permissionId)].values();
    }

    function getERC1271Policies(address account, bytes32 permissionId) external view returns (address[] memory) {
        return policies[SessionIds.signatureConfig(account, permissionId)].values();
    }

    function getEnabledActions(address account, bytes32 permissionId) external view returns (bytes32[] memory) {
        return actions[permissionId][account].values();
    }

    function getActionPolicies(address account, bytes32 permissionId, bytes32 actionId)
        external
        view
        returns (address[] memory)
    {
        return policies[SessionIds.actionConfig(account, permissionId, actionId)].values();
    }

    function isActionIdEnabled(address account, bytes32 permissionId, bytes32 actionId) external view returns (bool) {
        return actions[permissionId][account].contains(actionId);
    }

    function isActionPolicyEnabled(address account, bytes32 permissionId, bytes32 actionId, address policy)
        external
        view
        returns (bool)
    {
        return policies[SessionIds.actionConfig(account, permissionId, actionId)].contains(policy);
    }

    function isUserOpPolicyEnabled(address account, bytes32 permissionId, address policy)
        external
        view
        returns (bool)
    {
        return policies[SessionIds.userOpConfig(account, permissionId)].contains(policy);
    }

    function areUserOpPoliciesEnabled(address account, bytes32 permissionId, PolicyData[] calldata userOpPolicies)
        external
        view
        returns (bool)
    {
        return _containsAll(SessionIds.userOpConfig(account, permissionId), userOpPolicies);
    }

    function areActionsEnabled(address account, bytes32 permissionId, ActionData[] calldata list)
        external
        view
        returns (bool)
    {
        for (uint256 i; i < list.length; i++) {
            bytes32 actionId = SessionIds.action(list[i].actionTarget, list[i].actionTargetSelector);
            bytes32 configId = SessionIds.actionConfig(account, permissionId, actionId);
            if (!_containsAll(configId, list[i].actionPolicies)) return false;
        }
        return true;
    }

    function _containsAll(bytes32 configId, PolicyData[] calldata list) private view returns (bool) {
        for (uint256 i; i < list.length; i++) {
            if (!policies[configId].contains(list[i].policy)) return false;
        }
        return true;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {
    ERC1271_INVALID,
    ERC7739_PROBE,
    ERC7739_V1,
    IValidator,
    MODULE_VALIDATOR,
    VALIDATION_FAILED
} from "./interfaces/IModule.sol";
import {SessionCheck} from "./session/SessionCheck.sol";
import {SessionIds} from "./session/SessionIds.sol";
import {SessionReads} from "./session/SessionReads.sol";
import {ActionData, PolicyData, PolicyType, Session, SmartSessionMode} from "./session/SessionTypes.sol";
import {TimeBounds} from "./session/TimeBounds.sol";

/// @notice Stand-in for the SmartSession module: enabling, use, reads and removal of sessions.
/// @dev Left out: enabling while installing or inside a user operation (modes 1 and 2), and ERC-1271 signatures
/// by a session key.
contract SmartSession is IValidator, SessionReads, SessionCheck {
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    function validateUserOp(PackedUserOperation calldata userOp, bytes32 userOpHash) external returns (uint256) {
        if (userOp.sender != msg.sender) revert InvalidUserOpSender(userOp.sender);
        SmartSessionMode mode = SmartSessionMode(uint8(bytes1(userOp.signature[:1])));
        if (mode != SmartSessionMode.USE) revert UnsupportedSmartSessionMode(mode);
        bytes32 permissionId = bytes32(userOp.signature[1:33]);
        if (!permissions[msg.sender].contains(permissionId)) revert InvalidPermissionId(permissionId);
        uint256 bounds = _checkUserOp(permissionId, userOp);
        bounds = TimeBounds.intersect(bounds, _checkCallData(permissionId, userOp.callData));
        return _isSignedBySession(permissionId, userOpHash, userOp.signature[33:]) ? bounds : VALIDATION_FAILED;
    }

    function isValidSignatureWithSender(address, bytes32 hash, bytes calldata) external pure returns (bytes4) {
        return hash == ERC7739_PROBE ? ERC7739_V1 : ERC1271_INVALID;
    }

    function enableSessions(Session[] calldata sessions) external returns (bytes32[] memory permissionIds) {
        if (sessions.length == 0) revert InvalidData();
        permissionIds = new bytes32[](sessions.length);
        for (uint256 i; i < sessions.length; i++) {
            permissionIds[i] = _enableSession(sessions[i]);
        }
    }

    function removeSession(bytes32 permissionId) external {
        if (permissionId == bytes32(0)) revert InvalidSession(permissionId);
        _removeSession(permissionId);
    }

    function enableUserOpPolicies(bytes32 permissionId, PolicyData[] calldata userOpPolicies)
        external
        onlyEnabled(permissionId)
    {
        bytes32 configId = SessionIds.userOpConfig(msg.sender, permissionId);
        _enablePolicies(PolicyType.USER_OP, permissionId, configId, userOpPolicies);
    }

    function enableActionPolicies(bytes32 permissionId, ActionData[] calldata actionPolicies)
        external
        onlyEnabled(permissionId)
    {
        _enableActions(permissionId, actionPolicies);
    }

    function disableUserOpPolicies(bytes32 permissionId, address[] calldata list) external onlyEnabled(permissionId) {
        bytes32 configId = SessionIds.userOpConfig(msg.sender, permissionId);
        _disablePolicies(PolicyType.USER_OP, permissionId, configId, list);
    }

    function disableActionPolicies(bytes32 permissionId, bytes32 actionId, address[] calldata list)
        external
        onlyEnabled(permissionId)
    {
        bytes32 configId = SessionIds.actionConfig(msg.sender, permissionId, actionId);
        _disablePolicies(PolicyType.ACTION, permissionId, configId, list);
        if (policies[configId].length() == 0) _forgetAction(permissionId, actionId);
    }

    function disableActionId(bytes32 permissionId, bytes32 actionId) external onlyEnabled(permissionId) {
        policies[SessionIds.actionConfig(msg.sender, permissionId, actionId)].clear();
        _forgetAction(permissionId, actionId);
    }

    function setPermit4337Paymaster(bytes32 permissionId, bool enabled) external onlyEnabled(permissionId) {
        _setPaymaster(permissionId, enabled);
    }

    function onInstall(bytes calldata data) external view {
        if (permissions[msg.sender].length() != 0) revert SmartSessionModuleAlreadyInstalled(msg.sender);
        if (data.length != 0) revert InvalidMode();
    }

    function onUninstall(bytes calldata) external {
        bytes32[] memory permissionIds = permissions[msg.sender].values();
        for (uint256 i; i < permissionIds.length; i++) {
            _removeSession(permissionIds[i]);
        }
    }

    function isInitialized(address smartAccount) external view returns (bool) {
        return permissions[smartAccount].length() != 0;
    }

    function isModuleType(uint256 moduleTypeId) external pure returns (bool) {
        return moduleTypeId == MODULE_VALIDATOR;
    }

    function _forgetAction(bytes32 permissionId, bytes32 actionId) private {
        actions[permissionId][msg.sender].remove(actionId);
        emit ActionIdDisabled(permissionId, actionId, msg.sender);
    }
}

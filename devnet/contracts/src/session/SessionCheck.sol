// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {ERC7579Utils, Execution} from "@openzeppelin/contracts/account/utils/draft-ERC7579Utils.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IActionPolicy, IUserOpPolicy} from "../interfaces/IPolicy.sol";
import {ISessionValidator} from "../interfaces/IModule.sol";
import {CallReader} from "./CallReader.sol";
import {SessionIds} from "./SessionIds.sol";
import {SessionStore} from "./SessionStore.sol";
import {TimeBounds} from "./TimeBounds.sol";

/// @notice Holds a user operation against the policies of its session. The caller is the account.
abstract contract SessionCheck is SessionStore {
    using EnumerableSet for EnumerableSet.AddressSet;

    function _checkUserOp(bytes32 permissionId, PackedUserOperation calldata userOp) internal returns (uint256) {
        bool paid = userOp.paymasterAndData.length != 0;
        if (paid && !paymasterAllowed[permissionId][msg.sender]) revert PaymasterValidationNotEnabled(permissionId);
        bytes32 configId = SessionIds.userOpConfig(msg.sender, permissionId);
        if (paid && policies[configId].length() == 0) revert NoPoliciesSet(permissionId);
        return _askAll(permissionId, configId, abi.encodeCall(IUserOpPolicy.checkUserOpPolicy, (configId, userOp)));
    }

    function _checkCallData(bytes32 permissionId, bytes calldata callData) internal returns (uint256) {
        bytes4 selector = bytes4(callData[:4]);
        if (selector == CallReader.EXECUTE) return _checkExecute(permissionId, callData);
        if (selector == CallReader.EXECUTE_USER_OP) revert UnsupportedExecutionType();
        return _askAction(permissionId, SessionIds.action(msg.sender, selector), msg.sender, 0, callData);
    }

    function _isSignedBySession(bytes32 permissionId, bytes32 userOpHash, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        Signer storage signer = signers[permissionId][msg.sender];
        if (signer.validator == address(0)) revert SignerNotFound(permissionId, msg.sender);
        return ISessionValidator(signer.validator).validateSignatureWithData(userOpHash, signature, signer.config);
    }

    function _checkExecute(bytes32 permissionId, bytes calldata callData) private returns (uint256 bounds) {
        (bytes1 callType, bytes1 execType) = CallReader.modeOf(callData);
        if (execType != CallReader.EXEC_DEFAULT) revert UnsupportedExecutionType();
        if (callType == CallReader.SINGLE) {
            (address target, uint256 value, bytes calldata data) =
                ERC7579Utils.decodeSingle(CallReader.executionOf(callData));
            return _checkCall(permissionId, target, value, data);
        }
        if (callType != CallReader.BATCH) revert UnsupportedCallType(callType);
        Execution[] calldata calls = ERC7579Utils.decodeBatch(CallReader.executionOf(callData));
        if (calls.length == 0) revert NoExecutionsInBatch();
        for (uint256 i; i < calls.length; i++) {
            bounds = TimeBounds.intersect(
                bounds, _checkCall(permissionId, calls[i].target, calls[i].value, calls[i].callData)
            );
        }
    }

    function _checkCall(bytes32 permissionId, address target, uint256 value, bytes calldata data)
        private
        returns (uint256)
    {
        bytes4 selector = SessionIds.selectorOf(data);
        if (selector == CallReader.EXECUTE && target == msg.sender) revert InvalidSelfCall();
        if (target == SessionIds.FALLBACK_TARGET) revert InvalidTarget();
        return _askAction(permissionId, _actionFor(permissionId, target, selector), target, value, data);
    }

    /// @dev The call's own action where it has policies, else the fallback action.
    function _actionFor(bytes32 permissionId, address target, bytes4 selector) private view returns (bytes32) {
        if (target == address(this)) {
            return SessionIds.action(SessionIds.FALLBACK_TARGET, SessionIds.MODULE_CALL_SELECTOR);
        }
        bytes32 actionId = SessionIds.action(target, selector);
        bool listed = policies[SessionIds.actionConfig(msg.sender, permissionId, actionId)].length() != 0;
        return listed ? actionId : SessionIds.action(SessionIds.FALLBACK_TARGET, SessionIds.FALLBACK_SELECTOR);
    }

    function _askAction(bytes32 permissionId, bytes32 actionId, address target, uint256 value, bytes calldata data)
        private
        returns (uint256)
    {
        bytes32 configId = SessionIds.actionConfig(msg.sender, permissionId, actionId);
        if (policies[configId].length() == 0) revert NoPoliciesSet(permissionId);
        bytes memory question = abi.encodeCall(IActionPolicy.checkAction, (configId, msg.sender, target, value, data));
        return _askAll(permissionId, configId, question);
    }

    function _askAll(bytes32 permissionId, bytes32 configId, bytes memory question) private returns (uint256 bounds) {
        address[] memory list = policies[configId].values();
        for (uint256 i; i < list.length; i++) {
            (bool answered, bytes memory answer) = list[i].call(question);
            if (!answered) revert PolicyCheckReverted(bytes32(answer));
            uint256 verdict = uint256(bytes32(answer));
            if (TimeBounds.failed(verdict)) revert PolicyViolation(permissionId, list[i]);
            bounds = TimeBounds.intersect(bounds, verdict);
        }
    }
}

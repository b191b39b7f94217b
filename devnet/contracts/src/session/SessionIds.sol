// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Session} from "./SessionTypes.sol";

/// @notice The identifiers by which sessions, actions and policy configurations are known.
library SessionIds {
    /// @dev Stands for the selector of a call with fewer than four bytes of data.
    bytes4 internal constant NO_SELECTOR = 0xffffffff;
    /// @dev Target of the action that is asked when a call has no action of its own.
    address internal constant FALLBACK_TARGET = address(1);
    bytes4 internal constant FALLBACK_SELECTOR = 0x00000001;
    /// @dev Selector, on the fallback target, of the action that covers calls to the session module.
    bytes4 internal constant MODULE_CALL_SELECTOR = 0x00000002;

    function permissionOf(Session calldata session) internal pure returns (bytes32) {
        return keccak256(abi.encode(session.sessionValidator, session.sessionValidatorInitData, session.salt));
    }

    function action(address target, bytes4 selector) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(target, selector));
    }

    function selectorOf(bytes calldata data) internal pure returns (bytes4) {
        return data.length < 4 ? NO_SELECTOR : bytes4(data[:4]);
    }

    function userOpConfig(address account, bytes32 permissionId) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(account, permissionId));
    }

    function actionConfig(address account, bytes32 permissionId, bytes32 actionId) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(account, keccak256(abi.encodePacked(permissionId, actionId))));
    }

    function signatureConfig(address account, bytes32 permissionId) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(account, keccak256(abi.encodePacked("ERC1271: ", permissionId))));
    }
}

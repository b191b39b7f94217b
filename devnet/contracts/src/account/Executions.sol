// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC7579Utils, Execution} from "@openzeppelin/contracts/account/utils/draft-ERC7579Utils.sol";

/// @notice ERC-7579 execution: single call, batch or delegate call, either reverting or trying.
abstract contract Executions {
    event TryExecuteUnsuccessful(bytes callData, bytes result);
    event TryDelegateCallUnsuccessful(bytes callData, bytes result);

    error UnsupportedCallType(bytes1 callType);
    error UnsupportedExecType(bytes1 execType);

    bytes1 private constant SINGLE = 0x00;
    bytes1 private constant BATCH = 0x01;
    bytes1 private constant DELEGATE = 0xff;
    bytes1 private constant DEFAULT = 0x00;
    bytes1 private constant TRY = 0x01;

    function _isModeSupported(bytes32 mode) internal pure returns (bool) {
        bool callType = mode[0] == SINGLE || mode[0] == BATCH || mode[0] == DELEGATE;
        return callType && (mode[1] == DEFAULT || mode[1] == TRY);
    }

    function _run(bytes32 mode, bytes calldata data) internal returns (bytes[] memory results) {
        bytes1 callType = mode[0];
        if (callType != SINGLE && callType != BATCH && callType != DELEGATE) revert UnsupportedCallType(callType);
        if (mode[1] != DEFAULT && mode[1] != TRY) revert UnsupportedExecType(mode[1]);
        bool mustSucceed = mode[1] == DEFAULT;
        if (callType == BATCH) return _runBatch(data, mustSucceed);
        results = new bytes[](1);
        if (callType == SINGLE) {
            (address target, uint256 value, bytes calldata callData) = ERC7579Utils.decodeSingle(data);
            results[0] = _runCall(target, value, callData, mustSucceed);
        } else {
            (address target, bytes calldata callData) = ERC7579Utils.decodeDelegate(data);
            results[0] = _runDelegate(target, callData, mustSucceed);
        }
    }

    /// @dev Calls, and reverts as the target did.
    function _call(address target, uint256 value, bytes memory data) internal returns (bytes memory result) {
        bool success;
        (success, result) = target.call{value: value}(data);
        if (!success) _revertWith(result);
    }

    function _runBatch(bytes calldata data, bool mustSucceed) private returns (bytes[] memory results) {
        Execution[] calldata calls = ERC7579Utils.decodeBatch(data);
        results = new bytes[](calls.length);
        for (uint256 i; i < calls.length; i++) {
            results[i] = _runCall(calls[i].target, calls[i].value, calls[i].callData, mustSucceed);
        }
    }

    function _runCall(address target, uint256 value, bytes calldata data, bool mustSucceed)
        private
        returns (bytes memory result)
    {
        bool success;
        (success, result) = target.call{value: value}(data);
        if (success) return result;
        if (mustSucceed) _revertWith(result);
        emit TryExecuteUnsuccessful(data, result);
    }

    function _runDelegate(address target, bytes calldata data, bool mustSucceed)
        private
        returns (bytes memory result)
    {
        bool success;
        (success, result) = target.delegatecall(data);
        if (success) return result;
        if (mustSucceed) _revertWith(result);
        emit TryDelegateCallUnsuccessful(data, result);
    }

    function _revertWith(bytes memory reason) private pure {
        assembly {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}

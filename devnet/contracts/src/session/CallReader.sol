// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Reads the arguments of ERC-7579 `execute(bytes32 mode, bytes executionCalldata)` where they lie.
library CallReader {
    bytes4 internal constant EXECUTE = 0xe9ae5c53;
    bytes4 internal constant EXECUTE_USER_OP = 0x8dd7712f;
    bytes1 internal constant SINGLE = 0x00;
    bytes1 internal constant BATCH = 0x01;
    bytes1 internal constant EXEC_DEFAULT = 0x00;

    function modeOf(bytes calldata callData) internal pure returns (bytes1 callType, bytes1 execType) {
        bytes32 mode = bytes32(callData[4:36]);
        return (mode[0], mode[1]);
    }

    function executionOf(bytes calldata callData) internal pure returns (bytes calldata) {
        bytes calldata arguments = callData[4:];
        uint256 start = uint256(bytes32(arguments[32:64])) + 32;
        uint256 length = uint256(bytes32(arguments[start - 32:start]));
        return arguments[start:start + length];
    }
}

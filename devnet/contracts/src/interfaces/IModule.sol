// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";

// Module kinds of ERC-7579, and the stateless validator kind of ERC-7780.
uint256 constant MODULE_VALIDATOR = 1;
uint256 constant MODULE_EXECUTOR = 2;
uint256 constant MODULE_FALLBACK = 3;
uint256 constant MODULE_STATELESS_VALIDATOR = 7;

bytes4 constant ERC1271_VALID = 0x1626ba7e;
bytes4 constant ERC1271_INVALID = 0xffffffff;
// The hash that asks for ERC-7739 support, and the answer for its first version.
bytes32 constant ERC7739_PROBE = 0x7739773977397739773977397739773977397739773977397739773977397739;
bytes4 constant ERC7739_V1 = 0x77390001;

uint256 constant VALIDATION_PASSED = 0;
uint256 constant VALIDATION_FAILED = 1;

/// @notice ERC-7579 module.
interface IModule {
    function onInstall(bytes calldata data) external;
    function onUninstall(bytes calldata data) external;
    function isModuleType(uint256 moduleTypeId) external view returns (bool);
    function isInitialized(address smartAccount) external view returns (bool);
}

/// @notice ERC-7579 validator module.
interface IValidator is IModule {
    function validateUserOp(PackedUserOperation calldata userOp, bytes32 userOpHash) external returns (uint256);
    function isValidSignatureWithSender(address sender, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bytes4);
}

/// @notice Checks a signature against key data that the caller keeps (ERC-7780 stateless validator).
interface ISessionValidator is IModule {
    function validateSignatureWithData(bytes32 hash, bytes calldata signature, bytes calldata data)
        external
        view
        returns (bool);
}

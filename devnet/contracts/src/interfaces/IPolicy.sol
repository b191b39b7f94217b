// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @notice A rule of a session. State is kept per configuration, caller (the multiplexer) and account.
interface IPolicy is IERC165 {
    event PolicySet(bytes32 id, address multiplexer, address account);

    error PolicyNotInitialized(bytes32 id, address multiplexer, address account);

    function initializeWithMultiplexer(address account, bytes32 configId, bytes calldata initData) external;
}

/// @notice Checks a whole user operation. Answers ERC-4337 validation data.
interface IUserOpPolicy is IPolicy {
    function checkUserOpPolicy(bytes32 id, PackedUserOperation calldata userOp) external returns (uint256);
}

/// @notice Checks one call. Answers ERC-4337 validation data.
interface IActionPolicy is IPolicy {
    function checkAction(bytes32 id, address account, address target, uint256 value, bytes calldata data)
        external
        returns (uint256);
}

/// @notice Checks an ERC-1271 signature request.
interface I1271Policy is IPolicy {
    function check1271SignedAction(
        bytes32 id,
        address requestSender,
        address account,
        bytes32 hash,
        bytes calldata signature
    ) external view returns (bool);
}

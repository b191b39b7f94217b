// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IEntryPoint} from "@account-abstraction/contracts/interfaces/IEntryPoint.sol";
import {IPaymaster} from "@account-abstraction/contracts/interfaces/IPaymaster.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {VALIDATION_FAILED, VALIDATION_PASSED} from "./interfaces/IModule.sol";

/// @notice Pays for every user operation that its owner brings to the EntryPoint. For local networks only.
contract DevPaymaster is IPaymaster {
    error OnlyOwner();

    IEntryPoint public immutable entryPoint;
    address public immutable owner;

    constructor(address entryPointAddress, address ownerAddress) {
        entryPoint = IEntryPoint(entryPointAddress);
        owner = ownerAddress;
    }

    function withdrawTo(address payable to, uint256 amount) external {
        if (msg.sender != owner) revert OnlyOwner();
        entryPoint.withdrawTo(to, amount);
    }

    function postOp(PostOpMode, bytes calldata, uint256, uint256) external {}

    function validatePaymasterUserOp(PackedUserOperation calldata, bytes32, uint256)
        external
        view
        returns (bytes memory context, uint256 validationData)
    {
        return ("", tx.origin == owner ? VALIDATION_PASSED : VALIDATION_FAILED);
    }
}

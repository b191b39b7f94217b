// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OwnerValidator} from "./OwnerValidator.sol";
import {VALIDATION_FAILED} from "./interfaces/IModule.sol";
import {BoundedLeaf} from "./validation/BoundedLeaf.sol";
import {Signers} from "./validation/Signers.sol";
import {TypedSuperTx} from "./validation/TypedSuperTx.sol";

/// @notice Stand-in for the MEE K1 validator of MEE 2.2.1, whose simple mode signs typed data instead of a root.
contract TypedOwnerValidator is OwnerValidator(true) {
    function version() external pure override returns (string memory) {
        return "1.1.0";
    }

    /// @dev ABI(bytes32 typeHash, uint256 index, bytes32[] items, bytes signature, bytes32 lower(16) ‖ upper(16)).
    function _validateSimple(address owner, bytes32 userOpHash, bytes calldata data)
        internal
        view
        override
        returns (uint256)
    {
        (bytes32 typeHash, uint256 index, bytes32[] memory items, bytes memory signature, bytes32 bounds) =
            abi.decode(data, (bytes32, uint256, bytes32[], bytes, bytes32));
        (uint256 lower, uint256 upper) = (uint256(bounds) >> 128, uint128(uint256(bounds)));
        if (items[index] != TypedSuperTx.itemHash(userOpHash, lower, upper)) return VALIDATION_FAILED;
        bytes32 digest = TypedSuperTx.digest(typeHash, items);
        if (!Signers.isSigner(owner, digest, signature)) return VALIDATION_FAILED;
        return BoundedLeaf.validationData(uint48(lower), uint48(upper));
    }

    /// @dev ABI(bytes32 typeHash, uint256 index, bytes32[] items, bytes signature). The domain is the caller's, so a
    /// session module, which has none, can't ask.
    function _isSignedSimple(address owner, bytes32 hash, bytes calldata data) internal view override returns (bool) {
        (bytes32 typeHash, uint256 index, bytes32[] memory items, bytes memory signature) =
            abi.decode(data, (bytes32, uint256, bytes32[], bytes));
        return items[index] == hash && Signers.isSigner(owner, TypedSuperTx.digest(typeHash, items), signature);
    }
}

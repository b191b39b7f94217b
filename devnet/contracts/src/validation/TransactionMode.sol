// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VALIDATION_FAILED} from "../interfaces/IModule.sol";
import {BoundedLeaf} from "./BoundedLeaf.sol";
import {SignedTransaction} from "./SignedTransaction.sol";
import {Signers} from "./Signers.sol";

/// @notice The owner signs a transaction whose calldata ends with the root of a supertransaction.
library TransactionMode {
    uint256 private constant BOUND_SIZE = 6;

    /// @param data transaction type(1) ‖ RLP ‖ proof words ‖ proof length(1) ‖ lower bound(6) ‖ upper bound(6)
    function validate(address owner, bytes32 userOpHash, bytes calldata data) internal view returns (uint256) {
        uint256 bounds = data.length - 2 * BOUND_SIZE;
        uint48 lower = uint48(bytes6(data[bounds:bounds + BOUND_SIZE]));
        uint48 upper = uint48(bytes6(data[bounds + BOUND_SIZE:]));
        bytes32[] memory proof = new bytes32[](uint8(data[bounds - 1]));
        uint256 end = bounds - 1 - 32 * proof.length;
        for (uint256 i; i < proof.length; i++) {
            proof[i] = bytes32(data[end + 32 * i:]);
        }
        (bytes32 hash, bytes memory signature, bytes32 root) = SignedTransaction.read(data[:end]);
        if (!Signers.isSigner(owner, hash, signature)) return VALIDATION_FAILED;
        if (!BoundedLeaf.isIn(root, proof, userOpHash, lower, upper)) return VALIDATION_FAILED;
        return BoundedLeaf.validationData(lower, upper);
    }
}

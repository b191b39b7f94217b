// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @notice A user operation with its time bounds as a leaf of a supertransaction.
library BoundedLeaf {
    /// @dev Hashed twice, so that no inner node can be taken for a leaf.
    function isIn(bytes32 root, bytes32[] memory proof, bytes32 userOpHash, uint48 lower, uint48 upper)
        internal
        pure
        returns (bool)
    {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(userOpHash, uint256(lower), uint256(upper)))));
        return MerkleProof.verify(proof, root, leaf);
    }

    /// @return ERC-4337 validation data of a valid signature.
    function validationData(uint48 lower, uint48 upper) internal pure returns (uint256) {
        return (uint256(lower) << 208) | (uint256(upper) << 160);
    }
}

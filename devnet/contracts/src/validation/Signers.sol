// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "solady/src/utils/ECDSA.sol";

library Signers {
    /// @dev Signed raw, or as an ERC-191 personal message of 32 bytes.
    function isSigner(address expected, bytes32 hash, bytes memory signature) internal view returns (bool) {
        if (expected == address(0)) return false;
        return ECDSA.tryRecover(hash, signature) == expected
            || ECDSA.tryRecover(ECDSA.toEthSignedMessageHash(hash), signature) == expected;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice The usual EIP-712 domain of a token.
library PermitDomain {
    bytes32 private constant TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    function separator(string memory name, string memory version) internal view returns (bytes32) {
        bytes32 nameHash = keccak256(bytes(name));
        return keccak256(abi.encode(TYPE, nameHash, keccak256(bytes(version)), block.chainid, address(this)));
    }
}

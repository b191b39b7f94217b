// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice A supertransaction as EIP-712 typed data under a domain that has a name only.
library TypedSuperTx {
    bytes32 internal constant MEE_USER_OP_TYPE =
        keccak256("MeeUserOp(bytes32 userOpHash,uint256 lowerBoundTimestamp,uint256 upperBoundTimestamp)");
    bytes32 private constant SUPER_TX_TYPE = keccak256(
        "SuperTx(MeeUserOp[] meeUserOps)MeeUserOp(bytes32 userOpHash,uint256 lowerBoundTimestamp,uint256 upperBoundTimestamp)"
    );
    bytes32 private constant DOMAIN_TYPE = keccak256("EIP712Domain(string name)");

    function itemHash(bytes32 userOpHash, uint256 lower, uint256 upper) internal pure returns (bytes32) {
        return keccak256(abi.encode(MEE_USER_OP_TYPE, userOpHash, lower, upper));
    }

    /// @param typeHash `SUPER_TX_TYPE`, whose items are one array; under any other type each item is a member.
    /// @dev The caller gives the domain's name.
    function digest(bytes32 typeHash, bytes32[] memory items) internal view returns (bytes32) {
        bytes memory content = abi.encodePacked(items);
        if (typeHash == SUPER_TX_TYPE) content = abi.encode(keccak256(content));
        (, string memory name,,,,,) = IERC5267(msg.sender).eip712Domain();
        bytes32 separator = keccak256(abi.encode(DOMAIN_TYPE, keccak256(bytes(name))));
        return MessageHashUtils.toTypedDataHash(separator, keccak256(bytes.concat(typeHash, content)));
    }
}

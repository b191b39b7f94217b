// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ERC7739Utils} from "@openzeppelin/contracts/utils/cryptography/draft-ERC7739Utils.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice What the owner of an account signs in place of an ERC-1271 hash: a typed message that names the account
/// (ERC-7739), so that a signature for one account is none for another.
library AccountSignature {
    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    /// @return nested The hash that the inner signature is over.
    /// @return inner The owner's own signature.
    function unwrap(address account, bytes32 hash, bytes calldata signature)
        internal
        view
        returns (bytes32 nested, bytes calldata inner)
    {
        bytes memory domain = _domainOf(account);
        bytes32 separator;
        bytes32 contents;
        string calldata description;
        (inner, separator, contents, description) = ERC7739Utils.decodeTypedDataSig(signature);
        nested = ERC7739Utils.typedDataSignStructHash(description, contents, domain);
        if (nested != bytes32(0) && hash == MessageHashUtils.toTypedDataHash(separator, contents)) {
            return (MessageHashUtils.toTypedDataHash(separator, nested), inner);
        }
        nested = ERC7739Utils.personalSignStructHash(hash);
        return (MessageHashUtils.toTypedDataHash(_separatorOf(domain), nested), signature);
    }

    /// @dev The fields of the account's EIP-712 domain, one word each; the salt is last.
    function _domainOf(address account) private view returns (bytes memory) {
        (, string memory name, string memory version, uint256 chainId, address verifier, bytes32 salt,) =
            IERC5267(account).eip712Domain();
        return abi.encode(keccak256(bytes(name)), keccak256(bytes(version)), chainId, verifier, salt);
    }

    function _separatorOf(bytes memory domain) private pure returns (bytes32) {
        (bytes32 name, bytes32 version, uint256 chainId, address verifier) =
            abi.decode(domain, (bytes32, bytes32, uint256, address));
        return keccak256(abi.encode(DOMAIN_TYPE, name, version, chainId, verifier));
    }
}

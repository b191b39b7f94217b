// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";
import {PermitDomain} from "./PermitDomain.sol";

/// @notice Test token with permits as Dai has them, which allow all or nothing: 18 decimals, anyone may mint.
contract DaiToken is ERC20("Dai Test Token", "DAIT") {
    error PermitExpired();
    error InvalidNonce();
    error InvalidSigner();

    bytes32 private constant PERMIT_TYPE =
        keccak256("Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)");

    string public constant version = "1";

    mapping(address holder => uint256) public nonces;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @param expiry Zero means never.
    function permit(
        address holder,
        address spender,
        uint256 nonce,
        uint256 expiry,
        bool allowed,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        if (expiry != 0 && block.timestamp > expiry) revert PermitExpired();
        if (nonce != nonces[holder]++) revert InvalidNonce();
        bytes32 content = keccak256(abi.encode(PERMIT_TYPE, holder, spender, nonce, expiry, allowed));
        bytes32 digest = MessageHashUtils.toTypedDataHash(DOMAIN_SEPARATOR(), content);
        if (holder == address(0) || ECDSA.tryRecover(digest, v, r, s) != holder) revert InvalidSigner();
        _approve(holder, spender, allowed ? type(uint256).max : 0);
    }

    function DOMAIN_SEPARATOR() public view returns (bytes32) {
        return PermitDomain.separator(name(), version);
    }
}

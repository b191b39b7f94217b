// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {PermitBase} from "./PermitBase.sol";

/// @notice Test token whose permit domain carries the chain id as a salt.
contract SaltPermitToken is PermitBase {
    constructor() ERC20("Salt Permit Token", "SALT") {}

    function DOMAIN_SEPARATOR() public view override returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,address verifyingContract,bytes32 salt)"),
                keccak256(bytes(name())),
                keccak256("1"),
                address(this),
                bytes32(block.chainid)
            )
        );
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {PermitBase} from "./PermitBase.sol";
import {PermitDomain} from "./PermitDomain.sol";

/// @notice Test token whose permit domain has version 1, which no function tells.
contract BarePermitToken is PermitBase {
    constructor() ERC20("Bare Permit Token", "BARE") {}

    function DOMAIN_SEPARATOR() public view override returns (bytes32) {
        return PermitDomain.separator(name(), "1");
    }
}

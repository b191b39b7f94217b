// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {PermitBase} from "./PermitBase.sol";
import {PermitDomain} from "./PermitDomain.sol";

/// @notice Test token whose permit domain has version 2, as `version` tells.
contract VersionedPermitToken is PermitBase {
    string public constant version = "2";

    constructor() ERC20("USD Coin", "USDC2") {}

    function DOMAIN_SEPARATOR() public view override returns (bytes32) {
        return PermitDomain.separator(name(), version);
    }
}

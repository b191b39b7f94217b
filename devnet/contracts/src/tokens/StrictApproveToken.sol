// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Test token that raises no allowance but from zero: 6 decimals, anyone may mint.
contract StrictApproveToken is ERC20("Strict Approve Token", "STRICT") {
    error AllowanceNotZero();

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function approve(address spender, uint256 amount) public override returns (bool) {
        if (amount != 0 && allowance(msg.sender, spender) != 0) revert AllowanceNotZero();
        return super.approve(spender, amount);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}

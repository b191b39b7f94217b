// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountBase} from "./account/AccountBase.sol";
import {Composable, ComposableExecution} from "./account/Composable.sol";

/// @notice Stand-in for the Nexus account 1.2.0 (MEE 2.0.0 and 2.1.0).
contract Account is AccountBase, Composable {
    constructor(address entryPointAddress, address validator) AccountBase(entryPointAddress, validator) {}

    function executeComposable(ComposableExecution[] calldata executions) external payable onlyEntryPoint {
        _runComposable(executions);
    }

    function _callComposed(address to, uint256 value, bytes memory data) internal override {
        _call(to, value, data);
    }

    function _version() internal pure override returns (string memory) {
        return "1.2.0";
    }
}

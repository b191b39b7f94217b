// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountBase} from "./account/AccountBase.sol";
import {ComposableExecution, Composer} from "./account/Composer.sol";

/// @notice Stand-in for the Nexus account 1.3.1 (MEE 2.2.1), which composes target and value too.
contract ComposerAccount is AccountBase, Composer {
    constructor(address entryPointAddress, address validator) AccountBase(entryPointAddress, validator) {}

    function executeComposable(ComposableExecution[] calldata executions) external payable onlyEntryPoint {
        _runComposable(executions);
    }

    function _callComposed(address to, uint256 value, bytes memory data) internal override {
        _call(to, value, data);
    }

    function _version() internal pure override returns (string memory) {
        return "1.3.1";
    }
}

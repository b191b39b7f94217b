// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ModuleList} from "./ModuleList.sol";

struct FallbackHandler {
    address handler;
    bytes1 callType;
}

struct AccountState {
    ModuleList.List validators;
    ModuleList.List executors;
    mapping(bytes4 selector => FallbackHandler) fallbacks;
}

/// @notice The account's state in its namespace (ERC-7201). Callers that simulate override the first mapping:
/// slot keccak256(abi.encode(validator, LOCATION)) set to 1 counts as installed.
abstract contract AccountStorage {
    bytes32 private constant LOCATION = 0x0bb70095b32b9671358306b0339b4c06e7cbd8cb82505941fba30d1eb5b82f00;

    function _state() internal pure returns (AccountState storage state) {
        assembly {
            state.slot := LOCATION
        }
    }
}

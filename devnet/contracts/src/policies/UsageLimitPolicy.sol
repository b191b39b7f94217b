// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {VALIDATION_FAILED, VALIDATION_PASSED} from "../interfaces/IModule.sol";
import {IUserOpPolicy} from "../interfaces/IPolicy.sol";
import {PolicyBase} from "./PolicyBase.sol";

/// @notice Stand-in for the usage limit policy: counts checks.
contract UsageLimitPolicy is PolicyBase, IUserOpPolicy {
    struct UsageLimitConfig {
        uint128 limit;
        uint128 used;
    }

    mapping(bytes32 id => mapping(address multiplexer => mapping(address account => UsageLimitConfig))) public
        usageLimitConfigs;

    function initializeWithMultiplexer(address account, bytes32 configId, bytes calldata initData) external {
        uint128 limit = uint128(bytes16(initData[:16]));
        if (limit == 0) revert PolicyNotInitialized(configId, msg.sender, account);
        usageLimitConfigs[configId][msg.sender][account] = UsageLimitConfig(limit, 0);
    }

    function checkUserOpPolicy(bytes32 id, PackedUserOperation calldata userOp) external returns (uint256) {
        return _count(id, userOp.sender);
    }

    function checkAction(bytes32 id, address account, address, uint256, bytes calldata) external returns (uint256) {
        return _count(id, account);
    }

    function getUsageLimit(bytes32 id, address multiplexer, address account) external view returns (uint128) {
        return usageLimitConfigs[id][multiplexer][account].limit;
    }

    function getUsed(bytes32 id, address multiplexer, address account) external view returns (uint128) {
        return usageLimitConfigs[id][multiplexer][account].used;
    }

    function supportsInterface(bytes4 interfaceId) public pure override(IERC165, PolicyBase) returns (bool) {
        return interfaceId == type(IUserOpPolicy).interfaceId || super.supportsInterface(interfaceId);
    }

    function _count(bytes32 id, address account) private returns (uint256) {
        UsageLimitConfig storage config = usageLimitConfigs[id][msg.sender][account];
        if (config.used + 1 > config.limit) return VALIDATION_FAILED;
        config.used += 1;
        return VALIDATION_PASSED;
    }
}

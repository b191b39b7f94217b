// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VALIDATION_FAILED, VALIDATION_PASSED} from "../interfaces/IModule.sol";
import {PolicyBase} from "./PolicyBase.sol";

error ValueLimitExceeded(bytes32 id, uint256 value, uint256 limit);

enum ParamCondition {
    EQUAL,
    GREATER_THAN,
    LESS_THAN,
    GREATER_THAN_OR_EQUAL,
    LESS_THAN_OR_EQUAL,
    NOT_EQUAL,
    IN_RANGE
}

struct LimitUsage {
    uint256 limit;
    uint256 used;
}

struct ParamRule {
    ParamCondition condition;
    uint64 offset;
    bool isLimited;
    bytes32 ref;
    LimitUsage usage;
}

struct ParamRules {
    uint256 length;
    ParamRule[16] rules;
}

struct ActionConfig {
    uint256 valueLimitPerUse;
    ParamRules paramRules;
}

/// @notice Stand-in for the universal action policy: compares words of the calldata with reference words, and adds
/// them up where a rule is limited.
contract UniversalPolicy is PolicyBase {
    mapping(bytes32 id => mapping(address multiplexer => mapping(address account => ActionConfig))) public
        actionConfigs;

    function initializeWithMultiplexer(address account, bytes32 configId, bytes calldata initData) external {
        ActionConfig memory given = abi.decode(initData, (ActionConfig));
        ActionConfig storage config = actionConfigs[configId][msg.sender][account];
        config.valueLimitPerUse = given.valueLimitPerUse;
        config.paramRules.length = given.paramRules.length;
        for (uint256 i; i < given.paramRules.length; i++) {
            config.paramRules.rules[i] = given.paramRules.rules[i];
        }
        emit PolicySet(configId, msg.sender, account);
    }

    function checkAction(bytes32 id, address account, address, uint256 value, bytes calldata data)
        external
        returns (uint256)
    {
        ActionConfig storage config = actionConfigs[id][msg.sender][account];
        uint256 length = config.paramRules.length;
        if (length == 0) revert PolicyNotInitialized(id, msg.sender, account);
        if (value > config.valueLimitPerUse) revert ValueLimitExceeded(id, value, config.valueLimitPerUse);
        for (uint256 i; i < length; i++) {
            if (!_passes(config.paramRules.rules[i], data)) return VALIDATION_FAILED;
        }
        return VALIDATION_PASSED;
    }

    function _passes(ParamRule storage rule, bytes calldata data) private returns (bool) {
        uint64 start = 4 + rule.offset;
        bytes32 word = bytes32(data[start:start + 32]);
        if (!_holds(rule.condition, word, rule.ref)) return false;
        return !rule.isLimited || _spend(rule.usage, uint256(word));
    }

    function _spend(LimitUsage storage usage, uint256 amount) private returns (bool) {
        uint256 used = usage.used + amount;
        if (used > usage.limit) return false;
        usage.used = used;
        return true;
    }

    function _holds(ParamCondition condition, bytes32 word, bytes32 ref) private pure returns (bool) {
        if (condition == ParamCondition.EQUAL) return word == ref;
        if (condition == ParamCondition.GREATER_THAN) return word > ref;
        if (condition == ParamCondition.LESS_THAN) return word < ref;
        if (condition == ParamCondition.GREATER_THAN_OR_EQUAL) return word >= ref;
        if (condition == ParamCondition.LESS_THAN_OR_EQUAL) return word <= ref;
        if (condition == ParamCondition.NOT_EQUAL) return word != ref;
        return uint256(word) >= uint256(ref) >> 128 && uint256(word) <= uint128(uint256(ref));
    }
}

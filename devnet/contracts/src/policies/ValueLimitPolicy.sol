// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC7579Utils, Execution} from "@openzeppelin/contracts/account/utils/draft-ERC7579Utils.sol";
import {VALIDATION_FAILED, VALIDATION_PASSED} from "../interfaces/IModule.sol";
import {IUserOpPolicy} from "../interfaces/IPolicy.sol";
import {CallReader} from "../session/CallReader.sol";
import {PolicyBase} from "./PolicyBase.sol";

/// @notice Stand-in for the value limit policy: adds up the native value of calls.
contract ValueLimitPolicy is PolicyBase, IUserOpPolicy {
    error UnsupportedCallType(bytes1 callType);

    struct ValueLimitConfig {
        uint256 valueLimit;
        uint256 limitUsed;
    }

    mapping(bytes32 id => mapping(address multiplexer => mapping(address account => ValueLimitConfig))) public
        valueLimitConfigs;

    function initializeWithMultiplexer(address account, bytes32 configId, bytes calldata initData) external {
        uint256 limit = uint256(bytes32(initData[:32]));
        if (limit == 0) revert PolicyNotInitialized(configId, msg.sender, account);
        valueLimitConfigs[configId][msg.sender][account] = ValueLimitConfig(limit, 0);
    }

    function checkUserOpPolicy(bytes32 id, PackedUserOperation calldata userOp) external returns (uint256) {
        if (bytes4(userOp.callData[:4]) != CallReader.EXECUTE) return VALIDATION_PASSED;
        return _spend(id, userOp.sender, _valueOf(userOp.callData));
    }

    function checkAction(bytes32 id, address account, address, uint256 value, bytes calldata)
        external
        returns (uint256)
    {
        return _spend(id, account, value);
    }

    function getValueLimit(bytes32 id, address multiplexer, address account) external view returns (uint256) {
        return valueLimitConfigs[id][multiplexer][account].valueLimit;
    }

    function getUsed(bytes32 id, address multiplexer, address account) external view returns (uint256) {
        return valueLimitConfigs[id][multiplexer][account].limitUsed;
    }

    function supportsInterface(bytes4 interfaceId) public pure override(IERC165, PolicyBase) returns (bool) {
        return interfaceId == type(IUserOpPolicy).interfaceId || super.supportsInterface(interfaceId);
    }

    function _spend(bytes32 id, address account, uint256 value) private returns (uint256) {
        ValueLimitConfig storage config = valueLimitConfigs[id][msg.sender][account];
        uint256 used = config.limitUsed + value;
        if (used > config.valueLimit) return VALIDATION_FAILED;
        config.limitUsed = used;
        return VALIDATION_PASSED;
    }

    function _valueOf(bytes calldata callData) private pure returns (uint256 value) {
        (bytes1 callType,) = CallReader.modeOf(callData);
        if (callType == CallReader.SINGLE) {
            (, value,) = ERC7579Utils.decodeSingle(CallReader.executionOf(callData));
            return value;
        }
        if (callType != CallReader.BATCH) revert UnsupportedCallType(callType);
        Execution[] calldata calls = ERC7579Utils.decodeBatch(CallReader.executionOf(callData));
        for (uint256 i; i < calls.length; i++) {
            value += calls[i].value;
        }
    }
}

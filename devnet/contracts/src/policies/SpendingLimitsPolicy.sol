// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {VALIDATION_FAILED, VALIDATION_PASSED} from "../interfaces/IModule.sol";
import {PolicyBase} from "./PolicyBase.sol";

/// @notice Stand-in for the ERC-20 spending limit policy: adds up what is sent and what is approved, per token.
contract SpendingLimitsPolicy is PolicyBase {
    using EnumerableSet for EnumerableSet.AddressSet;

    event TokenSpent(
        bytes32 id, address multiplexer, address token, address account, uint256 amount, uint256 remaining
    );

    error InvalidTokenAddress(address token);
    error InvalidLimit(uint256 limit);
    error InvalidInitDataLength();

    struct Spending {
        uint256 alreadySpent;
        uint256 approvedAmount;
        uint256 spendingLimit;
    }

    bytes4 private constant INCREASE_ALLOWANCE = 0x39509351;

    mapping(bytes32 id => mapping(address multiplexer => mapping(address account => EnumerableSet.AddressSet))) private
        tokensOf;
    mapping(
        bytes32 id
            => mapping(address multiplexer => mapping(address token => mapping(address account => Spending)))
    ) private spendings;

    function initializeWithMultiplexer(address account, bytes32 configId, bytes calldata initData) external {
        (address[] memory tokens, uint256[] memory limits) = abi.decode(initData, (address[], uint256[]));
        if (tokens.length != limits.length) revert InvalidInitDataLength();
        _forgetTokens(configId, account);
        for (uint256 i; i < tokens.length; i++) {
            if (tokens[i] == address(0)) revert InvalidTokenAddress(tokens[i]);
            if (limits[i] == 0) revert InvalidLimit(limits[i]);
            spendings[configId][msg.sender][tokens[i]][account].spendingLimit = limits[i];
            tokensOf[configId][msg.sender][account].add(tokens[i]);
        }
        emit PolicySet(configId, msg.sender, account);
    }

    function checkAction(bytes32 id, address account, address target, uint256 value, bytes calldata data)
        external
        returns (uint256)
    {
        if (value != 0) return VALIDATION_FAILED;
        (bool understood, bool approval, uint256 amount) = _amountOf(account, data);
        if (!understood) return VALIDATION_FAILED;
        if (target == address(0)) revert InvalidTokenAddress(target);
        Spending storage spending = spendings[id][msg.sender][target][account];
        uint256 spent = spending.alreadySpent + (approval ? 0 : amount);
        uint256 approved = spending.approvedAmount + (approval ? amount : 0);
        if (spent + approved > spending.spendingLimit) return VALIDATION_FAILED;
        spending.alreadySpent = spent;
        spending.approvedAmount = approved;
        emit TokenSpent(id, msg.sender, target, account, amount, spending.spendingLimit - spent - approved);
        return VALIDATION_PASSED;
    }

    function getPolicyData(bytes32 id, address multiplexer, address token, address account)
        external
        view
        returns (uint256 spendingLimit, uint256 alreadySpent, uint256 approvedAmount)
    {
        if (!tokensOf[id][multiplexer][account].contains(token)) revert InvalidTokenAddress(token);
        Spending storage spending = spendings[id][multiplexer][token][account];
        return (spending.spendingLimit, spending.alreadySpent, spending.approvedAmount);
    }

    function _forgetTokens(bytes32 configId, address account) private {
        EnumerableSet.AddressSet storage known = tokensOf[configId][msg.sender][account];
        address[] memory tokens = known.values();
        for (uint256 i; i < tokens.length; i++) {
            delete spendings[configId][msg.sender][tokens[i]][account];
        }
        known.clear();
    }

    /// @dev What a call moves or approves. Tokens that come to the account itself count as nothing.
    function _amountOf(address account, bytes calldata data)
        private
        pure
        returns (bool understood, bool approval, uint256 amount)
    {
        bytes4 selector = bytes4(data[:4]);
        if (selector == IERC20.transferFrom.selector) {
            address to;
            (, to, amount) = abi.decode(data[4:], (address, address, uint256));
            return (true, false, to == account ? 0 : amount);
        }
        approval = selector == IERC20.approve.selector || selector == INCREASE_ALLOWANCE;
        if (!approval && selector != IERC20.transfer.selector) return (false, false, 0);
        (, amount) = abi.decode(data[4:], (address, uint256));
        return (true, approval, amount);
    }
}

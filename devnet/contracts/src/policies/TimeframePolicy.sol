// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {I1271Policy, IUserOpPolicy} from "../interfaces/IPolicy.sol";
import {PolicyBase} from "./PolicyBase.sol";

/// @notice Stand-in for the timeframe policy: answers its window as ERC-4337 bounds; the EntryPoint enforces it.
contract TimeframePolicy is PolicyBase, IUserOpPolicy, I1271Policy {
    /// @notice validUntil(6) ‖ validAfter(6), right-aligned.
    mapping(bytes32 id => mapping(address multiplexer => mapping(address account => uint256))) public
        timeFrameConfigs;

    function initializeWithMultiplexer(address account, bytes32 configId, bytes calldata initData) external {
        uint256 window = uint96(bytes12(initData[:12]));
        (uint48 validUntil, uint48 validAfter) = _ends(window);
        if (validUntil != 0 && validAfter > validUntil) revert PolicyNotInitialized(configId, msg.sender, account);
        timeFrameConfigs[configId][msg.sender][account] = window;
        emit PolicySet(configId, msg.sender, account);
    }

    function checkUserOpPolicy(bytes32 id, PackedUserOperation calldata userOp) external view returns (uint256) {
        return _bounds(id, userOp.sender);
    }

    function checkAction(bytes32 id, address account, address, uint256, bytes calldata)
        external
        view
        returns (uint256)
    {
        return _bounds(id, account);
    }

    function check1271SignedAction(bytes32 id, address, address account, bytes32, bytes calldata)
        external
        view
        returns (bool)
    {
        (uint48 validUntil, uint48 validAfter) = _ends(_window(id, account));
        return block.timestamp >= validAfter && (validUntil == 0 || block.timestamp < validUntil);
    }

    function getTimeFrameConfig(bytes32 id, address multiplexer, address account) external view returns (uint256) {
        return timeFrameConfigs[id][multiplexer][account];
    }

    function supportsInterface(bytes4 interfaceId) public pure override(IERC165, PolicyBase) returns (bool) {
        return interfaceId == type(IUserOpPolicy).interfaceId || interfaceId == type(I1271Policy).interfaceId
            || super.supportsInterface(interfaceId);
    }

    function _bounds(bytes32 id, address account) private view returns (uint256) {
        (uint48 validUntil, uint48 validAfter) = _ends(_window(id, account));
        return (uint256(validAfter) << 208) | (uint256(validUntil) << 160);
    }

    function _window(bytes32 id, address account) private view returns (uint256 window) {
        window = timeFrameConfigs[id][msg.sender][account];
        if (window == 0) revert PolicyNotInitialized(id, msg.sender, account);
    }

    function _ends(uint256 window) private pure returns (uint48 validUntil, uint48 validAfter) {
        return (uint48(window >> 48), uint48(window));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Stand-in for the Ether forwarder: passes on what it is sent, whatever follows the destination in the
/// calldata.
contract EtherForwarder {
    error ZeroAddress();
    error ForwardFailed();

    function forward(address destination) external payable {
        if (destination == address(0)) revert ZeroAddress();
        (bool success,) = destination.call{value: msg.value}("");
        if (!success) revert ForwardFailed();
    }
}

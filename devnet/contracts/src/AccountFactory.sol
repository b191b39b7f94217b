// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

import {AccountBase} from "./account/AccountBase.sol";

/// @notice Stand-in for the account factory: an ERC-1967 proxy per salt and init data, by CREATE2.
contract AccountFactory {
    event AccountCreated(address indexed account, bytes indexed initData, bytes32 indexed salt);

    error AccountDeploymentFailed();
    error EthTransferFailed();

    address public immutable ACCOUNT_IMPLEMENTATION;

    constructor(address implementation) {
        ACCOUNT_IMPLEMENTATION = implementation;
    }

    function createAccount(bytes calldata initData, bytes32 salt) external payable returns (address payable account) {
        bytes memory code = _creationCode(initData);
        account = _addressOf(code, salt);
        if (account.code.length != 0) {
            (bool sent,) = account.call{value: msg.value}("");
            if (!sent) revert EthTransferFailed();
            return account;
        }
        address deployed;
        assembly {
            deployed := create2(callvalue(), add(code, 0x20), mload(code), salt)
        }
        if (deployed == address(0)) revert AccountDeploymentFailed();
        emit AccountCreated(account, initData, salt);
    }

    function computeAccountAddress(bytes calldata initData, bytes32 salt) external view returns (address payable) {
        return _addressOf(_creationCode(initData), salt);
    }

    function _creationCode(bytes calldata initData) private view returns (bytes memory) {
        bytes memory start = abi.encodeCall(AccountBase.initializeAccount, (initData));
        return bytes.concat(type(ERC1967Proxy).creationCode, abi.encode(ACCOUNT_IMPLEMENTATION, start));
    }

    function _addressOf(bytes memory code, bytes32 salt) private view returns (address payable) {
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, keccak256(code)));
        return payable(address(uint160(uint256(hash))));
    }
}

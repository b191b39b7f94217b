// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";
import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";

/// @notice Reads a signed transaction: legacy (a leading 0x00, then its RLP) or EIP-1559 (0x02, then its RLP).
library SignedTransaction {
    using Memory for Memory.Slice;
    using RLP for Memory.Slice;

    error UnsupportedTransactionType(bytes1 transactionType);
    error CallDataTooShort();

    bytes1 private constant LEGACY = 0x00;
    bytes1 private constant FEE_MARKET = 0x02;
    /// @dev Least `v` of a legacy signature that commits to a chain (EIP-155).
    uint256 private constant CHAIN_BOUND = 35;

    /// @return hash What its sender signed.
    /// @return signature r ‖ s ‖ v, with v as 27 or 28.
    /// @return tail The last 32 bytes of its calldata.
    function read(bytes calldata raw)
        internal
        pure
        returns (bytes32 hash, bytes memory signature, bytes32 tail)
    {
        bool isLegacy = raw[0] == LEGACY;
        if (!isLegacy && raw[0] != FEE_MARKET) revert UnsupportedTransactionType(raw[0]);
        Memory.Slice[] memory items = RLP.decodeList(raw[1:]);
        uint256 fields = isLegacy ? 6 : 9;
        uint256 v = items[fields].readUint256();
        bytes memory content = RLP.encode(_unsigned(items, fields, isLegacy && v >= CHAIN_BOUND ? v : 0));
        hash = keccak256(isLegacy ? content : bytes.concat(FEE_MARKET, content));
        signature = abi.encodePacked(items[fields + 1].readUint256(), items[fields + 2].readUint256(), _recovery(v));
        tail = _tailOf(items[isLegacy ? 5 : 7].readBytes());
    }

    /// @dev The fields before the signature; a legacy transaction bound to a chain ends with its id and two zeros.
    function _unsigned(Memory.Slice[] memory items, uint256 fields, uint256 boundV)
        private
        pure
        returns (bytes[] memory parts)
    {
        parts = new bytes[](boundV == 0 ? fields : fields + 3);
        for (uint256 i; i < fields; i++) {
            parts[i] = items[i].toBytes();
        }
        if (boundV == 0) return parts;
        parts[fields] = RLP.encode((boundV - CHAIN_BOUND) / 2);
        parts[fields + 1] = RLP.encode(uint256(0));
        parts[fields + 2] = RLP.encode(uint256(0));
    }

    function _recovery(uint256 v) private pure returns (uint8) {
        if (v >= CHAIN_BOUND) return uint8(27 + (v - CHAIN_BOUND) % 2);
        return uint8(v < 27 ? v + 27 : v);
    }

    function _tailOf(bytes memory callData) private pure returns (bytes32 tail) {
        if (callData.length < 32) revert CallDataTooShort();
        assembly {
            tail := mload(add(callData, mload(callData)))
        }
    }
}

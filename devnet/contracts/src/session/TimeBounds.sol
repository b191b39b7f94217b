// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Time bounds inside ERC-4337 validation data: validAfter(6) ‖ validUntil(6) ‖ result(20).
library TimeBounds {
    /// @dev The window in which both hold. An end of zero means none.
    function intersect(uint256 a, uint256 b) internal pure returns (uint256) {
        uint48 from = _max(uint48(a >> 208), uint48(b >> 208));
        uint48 until = _min(_end(a), _end(b));
        return (uint256(from) << 208) | (uint256(until) << 160);
    }

    function failed(uint256 data) internal pure returns (bool) {
        return uint160(data) != 0;
    }

    function _end(uint256 data) private pure returns (uint48) {
        uint48 until = uint48(data >> 160);
        return until == 0 ? type(uint48).max : until;
    }

    function _max(uint48 a, uint48 b) private pure returns (uint48) {
        return a > b ? a : b;
    }

    function _min(uint48 a, uint48 b) private pure returns (uint48) {
        return a < b ? a : b;
    }
}

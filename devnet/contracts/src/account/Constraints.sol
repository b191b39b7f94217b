// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

enum ConstraintType {
    EQ,
    GTE,
    LTE,
    IN
}

struct Constraint {
    ConstraintType constraintType;
    bytes referenceData;
}

/// @notice Conditions on what a composed call fetches.
library Constraints {
    error ConstraintNotMet(ConstraintType constraintType);

    /// @dev The n-th constraint is on the n-th word.
    function check(Constraint[] calldata constraints, bytes memory fetched) internal pure {
        for (uint256 i; i < constraints.length; i++) {
            bytes32 word;
            if (fetched.length >= (i + 1) * 32) {
                assembly {
                    word := mload(add(add(fetched, 0x20), mul(i, 0x20)))
                }
            }
            ConstraintType kind = constraints[i].constraintType;
            if (!_holds(kind, word, constraints[i].referenceData)) revert ConstraintNotMet(kind);
        }
    }

    function _holds(ConstraintType kind, bytes32 word, bytes calldata bounds) private pure returns (bool) {
        if (kind == ConstraintType.IN) {
            (bytes32 lower, bytes32 upper) = abi.decode(bounds, (bytes32, bytes32));
            return word >= lower && word <= upper;
        }
        bytes32 bound = bytes32(bounds);
        if (kind == ConstraintType.EQ) return word == bound;
        return kind == ConstraintType.GTE ? word >= bound : word <= bound;
    }
}

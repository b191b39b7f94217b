// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IActionPolicy, IPolicy} from "../interfaces/IPolicy.sol";

/// @notice ERC-165 answers that every policy of actions shares.
abstract contract PolicyBase is IActionPolicy {
    function supportsInterface(bytes4 interfaceId) public pure virtual returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IPolicy).interfaceId
            || interfaceId == type(IActionPolicy).interfaceId;
    }
}

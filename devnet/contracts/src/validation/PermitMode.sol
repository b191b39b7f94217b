// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {VALIDATION_FAILED} from "../interfaces/IModule.sol";
import {BoundedLeaf} from "./BoundedLeaf.sol";
import {Signers} from "./Signers.sol";

/// @notice The owner signs an EIP-2612 permit whose deadline is the root of a supertransaction.
library PermitMode {
    error PermitFailed();

    struct SignedPermit {
        IERC20Permit token;
        address spender;
        bytes32 domainSeparator;
        uint256 amount;
        uint256 nonce;
        bool isPermitTx;
        bytes32 root;
        uint48 lower;
        uint48 upper;
        uint8 v;
        bytes32 r;
        bytes32 s;
        bytes32[] proof;
    }

    bytes32 private constant PERMIT_TYPE =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    /// @dev With `isPermitTx` the permit is handed to the token too.
    function validate(address owner, bytes32 userOpHash, bytes calldata data) internal returns (uint256) {
        SignedPermit memory permit = abi.decode(data, (SignedPermit));
        bytes memory signature = abi.encodePacked(permit.r, permit.s, permit.v);
        if (!Signers.isSigner(owner, _digest(owner, permit), signature)) return VALIDATION_FAILED;
        if (!BoundedLeaf.isIn(permit.root, permit.proof, userOpHash, permit.lower, permit.upper)) {
            return VALIDATION_FAILED;
        }
        if (permit.isPermitTx) _hand(owner, permit);
        return BoundedLeaf.validationData(permit.lower, permit.upper);
    }

    function _digest(address owner, SignedPermit memory permit) private pure returns (bytes32) {
        bytes32 content = keccak256(
            abi.encode(PERMIT_TYPE, owner, permit.spender, permit.amount, permit.nonce, uint256(permit.root))
        );
        return MessageHashUtils.toTypedDataHash(permit.domainSeparator, content);
    }

    /// @dev Anybody may have used the permit before; then its allowance has to be there.
    function _hand(address owner, SignedPermit memory permit) private {
        uint256 deadline = uint256(permit.root);
        try permit.token.permit(owner, permit.spender, permit.amount, deadline, permit.v, permit.r, permit.s) {}
        catch {
            uint256 allowed = IERC20(address(permit.token)).allowance(owner, permit.spender);
            if (allowed < permit.amount) revert PermitFailed();
        }
    }
}

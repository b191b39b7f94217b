// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {AccountSignature} from "./account/AccountSignature.sol";
import {
    ERC1271_INVALID,
    ERC1271_VALID,
    ISessionValidator,
    IValidator,
    MODULE_STATELESS_VALIDATOR,
    MODULE_VALIDATOR,
    VALIDATION_FAILED,
    VALIDATION_PASSED
} from "./interfaces/IModule.sol";
import {BoundedLeaf} from "./validation/BoundedLeaf.sol";
import {PermitMode} from "./validation/PermitMode.sol";
import {Signers} from "./validation/Signers.sol";
import {TransactionMode} from "./validation/TransactionMode.sol";

/// @notice Stand-in for the MEE K1 validator: one secp256k1 owner per account, signing one user operation or the
/// Merkle root of a supertransaction, bare or inside a transaction or a permit; the first two for session keys too,
/// whose address the caller brings.
/// @dev Left out: ERC-1271 by a transaction or a permit, which fail as wrong signatures.
contract OwnerValidator is IValidator, ISessionValidator {
    using EnumerableSet for EnumerableSet.AddressSet;

    error NoOwnerProvided();
    error ZeroAddressNotAllowed();
    error ModuleAlreadyInitialized();
    error NewOwnerIsNotEOA();
    error OwnerCannotBeZeroAddress();
    error InvalidDataLength();
    error SafeSendersLengthInvalid();

    bytes4 private constant SIMPLE = 0x177eee00;
    bytes4 private constant BY_TRANSACTION = 0x177eee01;
    bytes4 private constant BY_PERMIT = 0x177eee02;
    bytes3 private constant MEE_PREFIX = 0x177eee;
    /// @dev Code size of an account that delegates by EIP-7702.
    uint256 private constant DELEGATION_SIZE = 23;

    bool private immutable delegatedOwners;

    mapping(address account => address owner) public smartAccountOwners;
    mapping(address account => EnumerableSet.AddressSet) private safeSenders;

    /// @param allowDelegatedOwners Whether an owner may have EIP-7702 code (module version 1.0.2 and later).
    constructor(bool allowDelegatedOwners) {
        delegatedOwners = allowDelegatedOwners;
    }

    function onInstall(bytes calldata data) external {
        if (data.length == 0) revert NoOwnerProvided();
        if (smartAccountOwners[msg.sender] != address(0)) revert ModuleAlreadyInitialized();
        address owner = address(bytes20(data[:20]));
        if (owner == address(0)) revert OwnerCannotBeZeroAddress();
        _setOwner(owner);
        bytes calldata senders = data[20:];
        if (senders.length % 20 != 0) revert SafeSendersLengthInvalid();
        for (uint256 i; i < senders.length; i += 20) {
            safeSenders[msg.sender].add(address(bytes20(senders[i:i + 20])));
        }
    }

    function onUninstall(bytes calldata) external {
        delete smartAccountOwners[msg.sender];
        safeSenders[msg.sender].clear();
    }

    function transferOwnership(address newOwner) external {
        if (newOwner == address(0)) revert ZeroAddressNotAllowed();
        _setOwner(newOwner);
    }

    function addSafeSender(address sender) external {
        safeSenders[msg.sender].add(sender);
    }

    function removeSafeSender(address sender) external {
        safeSenders[msg.sender].remove(sender);
    }

    function isSafeSender(address sender, address smartAccount) external view returns (bool) {
        return safeSenders[smartAccount].contains(sender);
    }

    function validateUserOp(PackedUserOperation calldata userOp, bytes32 userOpHash) external returns (uint256) {
        address owner = getOwner(userOp.sender);
        bytes calldata signature = userOp.signature;
        bytes4 mode = _modeOf(signature);
        if (mode == SIMPLE) return _validateSimple(owner, userOpHash, signature[4:]);
        if (mode == BY_TRANSACTION) return TransactionMode.validate(owner, userOpHash, signature[4:]);
        if (mode == BY_PERMIT) return PermitMode.validate(owner, userOpHash, signature[4:]);
        return Signers.isSigner(owner, userOpHash, signature) ? VALIDATION_PASSED : VALIDATION_FAILED;
    }

    function validateSignatureWithData(bytes32 hash, bytes calldata signature, bytes calldata data)
        external
        view
        returns (bool)
    {
        if (data.length < 20) revert InvalidDataLength();
        return _isSignedFor(address(bytes20(data[:20])), hash, signature);
    }

    function isValidSignatureWithSender(address sender, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bytes4)
    {
        address owner = getOwner(msg.sender);
        bool valid;
        if (bytes3(signature[:3]) == MEE_PREFIX) {
            valid = _isSignedFor(owner, keccak256(abi.encodePacked(hash, msg.sender)), signature);
        } else if (sender == msg.sender || safeSenders[msg.sender].contains(sender)) {
            valid = Signers.isSigner(owner, hash, signature);
        } else {
            (bytes32 nested, bytes calldata inner) = AccountSignature.unwrap(msg.sender, hash, signature);
            valid = Signers.isSigner(owner, nested, inner);
        }
        return valid ? ERC1271_VALID : ERC1271_INVALID;
    }

    function isInitialized(address smartAccount) external view returns (bool) {
        return smartAccountOwners[smartAccount] != address(0);
    }

    function isModuleType(uint256 moduleTypeId) external pure returns (bool) {
        return moduleTypeId == MODULE_VALIDATOR || moduleTypeId == MODULE_STATELESS_VALIDATOR;
    }

    function name() external pure returns (string memory) {
        return "K1MeeValidator";
    }

    function version() external view virtual returns (string memory) {
        return delegatedOwners ? "1.0.3" : "1.0.1";
    }

    /// @notice The recorded owner; without one the account itself, for accounts that delegate by EIP-7702.
    function getOwner(address smartAccount) public view returns (address) {
        address owner = smartAccountOwners[smartAccount];
        return owner == address(0) ? smartAccount : owner;
    }

    function _setOwner(address owner) private {
        uint256 size = owner.code.length;
        if (size != 0 && !(delegatedOwners && size == DELEGATION_SIZE)) revert NewOwnerIsNotEOA();
        smartAccountOwners[msg.sender] = owner;
    }

    /// @dev ABI(bytes32 root, uint48 lower, uint48 upper, bytes32[] proof, bytes signature).
    function _validateSimple(address owner, bytes32 userOpHash, bytes calldata data)
        internal
        view
        virtual
        returns (uint256)
    {
        (bytes32 root, uint48 lower, uint48 upper, bytes32[] memory proof, bytes memory signature) =
            abi.decode(data, (bytes32, uint48, uint48, bytes32[], bytes));
        if (!Signers.isSigner(owner, root, signature)) return VALIDATION_FAILED;
        if (!BoundedLeaf.isIn(root, proof, userOpHash, lower, upper)) return VALIDATION_FAILED;
        return BoundedLeaf.validationData(lower, upper);
    }

    /// @dev ABI(bytes32 root, bytes32[] proof, bytes signature); a leaf is the bare hash.
    function _isSignedSimple(address owner, bytes32 leaf, bytes calldata data)
        internal
        view
        virtual
        returns (bool)
    {
        (bytes32 root, bytes32[] memory proof, bytes memory signature) = abi.decode(data, (bytes32, bytes32[], bytes));
        return Signers.isSigner(owner, root, signature) && MerkleProof.verify(proof, root, leaf);
    }

    function _isSignedFor(address owner, bytes32 hash, bytes calldata signature) private view returns (bool) {
        if (_modeOf(signature) == SIMPLE) return _isSignedSimple(owner, hash, signature[4:]);
        return Signers.isSigner(owner, hash, signature);
    }

    function _modeOf(bytes calldata signature) private pure returns (bytes4) {
        return signature.length < 4 ? bytes4(0) : bytes4(signature);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IEntryPoint} from "@account-abstraction/contracts/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {ERC1967Utils} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Utils.sol";
import {Executions} from "./Executions.sol";
import {FallbackHandler} from "./AccountStorage.sol";
import {ModuleList} from "./ModuleList.sol";
import {Modules} from "./Modules.sol";
import {
    ERC1271_INVALID,
    IModule,
    IValidator,
    MODULE_EXECUTOR,
    MODULE_FALLBACK,
    MODULE_VALIDATOR
} from "../interfaces/IModule.sol";

/// @notice What the accounts of all MEE versions have: ERC-7579 on EntryPoint v0.7 with a built-in default validator.
/// At an owner's own address by EIP-7702 that owner validates.
/// @dev Left out: hooks, enabling a module while validating, registry, PREP.
abstract contract AccountBase is Modules, Executions {
    using ModuleList for ModuleList.List;

    error AccountAccessUnauthorized();
    error AccountNotInitialized();
    error ExecutionFailed();
    error InvalidImplementationAddress();
    error InvalidInitData();
    error InvalidModule(address module);
    error NexusInitializationFailed();
    error NotInitializable();
    error UnsupportedNonceMode(bytes1 mode);

    bytes1 private constant MODE_VALIDATE = 0x00;

    address private immutable trustedEntryPoint;

    constructor(address entryPointAddress, address validator) Modules(validator) {
        trustedEntryPoint = entryPointAddress;
    }

    modifier onlyEntryPoint() {
        if (msg.sender != trustedEntryPoint) revert AccountAccessUnauthorized();
        _;
    }

    modifier onlyEntryPointOrSelf() {
        if (msg.sender != trustedEntryPoint && msg.sender != address(this)) revert AccountAccessUnauthorized();
        _;
    }

    receive() external payable {}

    /// @dev Answers the receiver callbacks of ERC-721 and ERC-1155; the rest goes to installed handlers.
    fallback(bytes calldata data) external payable returns (bytes memory) {
        bool receiver = msg.sig == 0x150b7a02 || msg.sig == 0xf23a6e61 || msg.sig == 0xbc197c81;
        if (receiver && _state().fallbacks[msg.sig].handler == address(0)) return abi.encode(msg.sig);
        return _forward(data);
    }

    /// @dev nonce: hint(3) ‖ mode(1) ‖ validator(20) ‖ sequence(8); no validator means the default one.
    function validateUserOp(PackedUserOperation calldata userOp, bytes32 userOpHash, uint256 missingAccountFunds)
        external
        onlyEntryPoint
        returns (uint256 validationData)
    {
        bytes1 mode = bytes32(userOp.nonce)[3];
        if (mode != MODE_VALIDATE) revert UnsupportedNonceMode(mode);
        address validator = _validatorFor(address(uint160(userOp.nonce >> 64)));
        validationData = IValidator(validator).validateUserOp(userOp, userOpHash);
        if (missingAccountFunds != 0) {
            (bool paid,) = msg.sender.call{value: missingAccountFunds}("");
            (paid);
        }
    }

    function execute(bytes32 mode, bytes calldata executionCalldata) external payable onlyEntryPoint {
        _run(mode, executionCalldata);
    }

    function executeFromExecutor(bytes32 mode, bytes calldata executionCalldata)
        external
        payable
        returns (bytes[] memory)
    {
        if (!_state().executors.contains(msg.sender)) revert InvalidModule(msg.sender);
        return _run(mode, executionCalldata);
    }

    function executeUserOp(PackedUserOperation calldata userOp, bytes32) external payable onlyEntryPoint {
        (bool success,) = address(this).delegatecall(userOp.callData[4:]);
        if (!success) revert ExecutionFailed();
    }

    function installModule(uint256 moduleTypeId, address module, bytes calldata initData)
        external
        payable
        onlyEntryPointOrSelf
    {
        _install(moduleTypeId, module, initData);
    }

    function uninstallModule(uint256 moduleTypeId, address module, bytes calldata deInitData)
        external
        payable
        onlyEntryPointOrSelf
    {
        _uninstall(moduleTypeId, module, deInitData);
    }

    /// @param initData ABI(address bootstrap, bytes call); the call runs as the account.
    function initializeAccount(bytes calldata initData) external payable {
        if (msg.sender != address(this) && !_isUnderConstruction()) revert NotInitializable();
        if (initData.length < 24) revert InvalidInitData();
        (address bootstrap, bytes memory call) = abi.decode(initData, (address, bytes));
        (bool success,) = bootstrap.delegatecall(call);
        if (!success) revert NexusInitializationFailed();
        if (!isInitialized() && !_isDelegated()) revert AccountNotInitialized();
    }

    function upgradeToAndCall(address newImplementation, bytes calldata data) external payable onlyEntryPointOrSelf {
        if (newImplementation.code.length == 0) revert InvalidImplementationAddress();
        ERC1967Utils.upgradeToAndCall(newImplementation, data);
    }

    function isModuleInstalled(uint256 moduleTypeId, address module, bytes calldata additionalContext)
        external
        view
        returns (bool)
    {
        return _isInstalled(moduleTypeId, module, additionalContext);
    }

    /// @param signature validator(20) ‖ what that validator understands.
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        address validator = _validatorFor(address(bytes20(signature[:20])));
        try IValidator(validator).isValidSignatureWithSender(msg.sender, hash, signature[20:]) returns (bytes4 answer) {
            return answer;
        } catch {
            return ERC1271_INVALID;
        }
    }

    function getImplementation() external view returns (address) {
        return ERC1967Utils.getImplementation();
    }

    function entryPoint() external view returns (address) {
        return trustedEntryPoint;
    }

    function nonce(uint192 key) external view returns (uint256) {
        return IEntryPoint(trustedEntryPoint).getNonce(address(this), key);
    }

    function getValidatorsPaginated(address cursor, uint256 size) external view returns (address[] memory, address) {
        return _state().validators.page(cursor, size);
    }

    function getExecutorsPaginated(address cursor, uint256 size) external view returns (address[] memory, address) {
        return _state().executors.page(cursor, size);
    }

    function getFallbackHandlerBySelector(bytes4 selector) external view returns (bytes1, address) {
        FallbackHandler memory target = _state().fallbacks[selector];
        return (target.callType, target.handler);
    }

    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (0x0f, "Nexus", _version(), block.chainid, address(this), bytes32(0), new uint256[](0));
    }

    function accountId() external pure returns (string memory) {
        return string.concat("biconomy.nexus.", _version());
    }

    function supportsModule(uint256 moduleTypeId) external pure returns (bool) {
        return moduleTypeId == MODULE_VALIDATOR || moduleTypeId == MODULE_EXECUTOR || moduleTypeId == MODULE_FALLBACK;
    }

    function supportsExecutionMode(bytes32 mode) external pure returns (bool) {
        return _isModeSupported(mode);
    }

    function isInitialized() public view returns (bool) {
        return IModule(defaultValidator).isInitialized(address(this)) || _state().validators.isInitialized();
    }

    function _version() internal pure virtual returns (string memory);

    /// @dev Only then may anyone initialise it.
    function _isUnderConstruction() private view returns (bool) {
        return address(this).code.length == 0;
    }

    /// @dev Whether this runs at an owner's own address by EIP-7702.
    function _isDelegated() private view returns (bool) {
        return bytes3(address(this).code) == 0xef0100;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    IModule,
    MODULE_EXECUTOR,
    MODULE_FALLBACK,
    MODULE_VALIDATOR
} from "../interfaces/IModule.sol";
import {AccountStorage, FallbackHandler} from "./AccountStorage.sol";
import {ModuleList} from "./ModuleList.sol";

/// @notice Installing and removing ERC-7579 modules. Left out: hooks and pre-validation hooks.
abstract contract Modules is AccountStorage {
    using ModuleList for ModuleList.List;

    event ModuleInstalled(uint256 moduleTypeId, address module);
    event ModuleUninstalled(uint256 moduleTypeId, address module);

    error CanNotRemoveLastValidator();
    error DefaultValidatorAlreadyInstalled();
    error FallbackAlreadyInstalledForSelector(bytes4 selector);
    error FallbackCallTypeInvalid();
    error FallbackSelectorForbidden();
    error InvalidModuleTypeId(uint256 moduleTypeId);
    error MismatchModuleTypeId();
    error MissingFallbackHandler(bytes4 selector);
    error ModuleAddressCanNotBeZero();
    error ModuleNotInstalled(uint256 moduleTypeId, address module);
    error ValidatorNotInstalled(address module);

    bytes1 private constant CALL = 0x00;
    bytes1 private constant STATIC_CALL = 0xfe;

    /// @dev Validates whatever names no other validator.
    address internal immutable defaultValidator;

    constructor(address validator) {
        defaultValidator = validator;
    }

    function _initLists() internal {
        if (_state().validators.isInitialized()) return;
        _state().validators.init();
        _state().executors.init();
    }

    function _install(uint256 kind, address module, bytes calldata initData) internal {
        _initLists();
        if (module == address(0)) revert ModuleAddressCanNotBeZero();
        if (kind != MODULE_VALIDATOR && kind != MODULE_EXECUTOR && kind != MODULE_FALLBACK) {
            revert InvalidModuleTypeId(kind);
        }
        if (!IModule(module).isModuleType(kind)) revert MismatchModuleTypeId();
        if (kind == MODULE_VALIDATOR && module == defaultValidator) revert DefaultValidatorAlreadyInstalled();
        if (kind == MODULE_FALLBACK) {
            _addFallback(module, initData);
            IModule(module).onInstall(initData[5:]);
        } else {
            _listOf(kind).push(module);
            IModule(module).onInstall(initData);
        }
        emit ModuleInstalled(kind, module);
    }

    function _uninstall(uint256 kind, address module, bytes calldata deInitData) internal {
        if (!_isInstalled(kind, module, deInitData)) revert ModuleNotInstalled(kind, module);
        bytes memory goodbye;
        if (kind == MODULE_FALLBACK) {
            delete _state().fallbacks[bytes4(deInitData)];
            goodbye = deInitData[4:];
        } else {
            address previous;
            (previous, goodbye) = abi.decode(deInitData, (address, bytes));
            _listOf(kind).pop(previous, module);
            if (kind == MODULE_VALIDATOR) _requireValidator();
        }
        _dismiss(module, goodbye);
        emit ModuleUninstalled(kind, module);
    }

    function _isInstalled(uint256 kind, address module, bytes calldata context) internal view returns (bool) {
        if (kind == MODULE_VALIDATOR || kind == MODULE_EXECUTOR) return _listOf(kind).contains(module);
        return kind == MODULE_FALLBACK && _state().fallbacks[bytes4(context)].handler == module;
    }

    function _validatorFor(address named) internal view returns (address) {
        if (named == address(0)) return defaultValidator;
        if (!_state().validators.contains(named)) revert ValidatorNotInstalled(named);
        return named;
    }

    /// @dev Passes an unknown call to its handler, with the caller appended (ERC-2771).
    function _forward(bytes calldata data) internal returns (bytes memory result) {
        FallbackHandler memory target = _state().fallbacks[msg.sig];
        if (target.handler == address(0)) revert MissingFallbackHandler(msg.sig);
        bytes memory call = abi.encodePacked(data, msg.sender);
        bool success;
        (success, result) =
            target.callType == STATIC_CALL ? target.handler.staticcall(call) : target.handler.call{value: msg.value}(call);
        if (!success) {
            assembly {
                revert(add(result, 0x20), mload(result))
            }
        }
    }

    function _listOf(uint256 kind) private view returns (ModuleList.List storage) {
        return kind == MODULE_VALIDATOR ? _state().validators : _state().executors;
    }

    /// @dev initData: selector(4) ‖ call type(1) ‖ the handler's own data.
    function _addFallback(address handler, bytes calldata initData) private {
        bytes4 selector = bytes4(initData[:4]);
        bytes1 callType = initData[4];
        if (callType != CALL && callType != STATIC_CALL) revert FallbackCallTypeInvalid();
        if (selector == 0 || selector == IModule.onInstall.selector || selector == IModule.onUninstall.selector) {
            revert FallbackSelectorForbidden();
        }
        if (_state().fallbacks[selector].handler != address(0)) revert FallbackAlreadyInstalledForSelector(selector);
        _state().fallbacks[selector] = FallbackHandler(handler, callType);
    }

    function _requireValidator() private view {
        if (!_state().validators.isEmpty()) return;
        if (!IModule(defaultValidator).isInitialized(address(this))) revert CanNotRemoveLastValidator();
    }

    /// @dev A module that refuses to go must not be able to stay.
    function _dismiss(address module, bytes memory data) private {
        try IModule(module).onUninstall(data) {} catch {}
    }
}

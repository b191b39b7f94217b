// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Modules} from "./account/Modules.sol";
import {IModule, MODULE_EXECUTOR, MODULE_FALLBACK, MODULE_VALIDATOR} from "./interfaces/IModule.sol";

struct BootstrapConfig {
    address module;
    bytes data;
}

struct BootstrapPreValidationHookConfig {
    uint256 hookType;
    address module;
    bytes data;
}

/// @notice Stand-in for the bootstrap that a new account runs as itself.
contract Bootstrap is Modules {
    error HooksNotSupported();

    constructor(address validator) Modules(validator) {}

    function initNexusWithDefaultValidator(bytes calldata data) external payable {
        IModule(defaultValidator).onInstall(data);
    }

    function initNexusWithDefaultValidatorAndOtherModulesNoRegistry(
        bytes calldata defaultValidatorInitData,
        BootstrapConfig[] calldata validators,
        BootstrapConfig[] calldata executors,
        BootstrapConfig calldata hook,
        BootstrapConfig[] calldata fallbacks,
        BootstrapPreValidationHookConfig[] calldata preValidationHooks
    ) external payable {
        if (hook.module != address(0) || preValidationHooks.length != 0) revert HooksNotSupported();
        _initLists();
        IModule(defaultValidator).onInstall(defaultValidatorInitData);
        _installAll(MODULE_VALIDATOR, validators);
        _installAll(MODULE_EXECUTOR, executors);
        _installAll(MODULE_FALLBACK, fallbacks);
    }

    function _installAll(uint256 kind, BootstrapConfig[] calldata list) private {
        for (uint256 i; i < list.length; i++) {
            if (list[i].module != address(0)) _install(kind, list[i].module, list[i].data);
        }
    }
}

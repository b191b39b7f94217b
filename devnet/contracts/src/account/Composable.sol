// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Constraint, Constraints} from "./Constraints.sol";

enum InputParamFetcherType {
    RAW_BYTES,
    STATIC_CALL
}

enum OutputParamFetcherType {
    EXEC_RESULT,
    STATIC_CALL
}

struct InputParam {
    InputParamFetcherType fetcherType;
    bytes paramData;
    Constraint[] constraints;
}

struct OutputParam {
    OutputParamFetcherType fetcherType;
    bytes paramData;
}

struct ComposableExecution {
    address to;
    uint256 value;
    bytes4 functionSig;
    InputParam[] inputParams;
    OutputParam[] outputParams;
}

/// @notice Composable execution 1.0.0: calldata put together at execution time, under conditions.
/// @dev Left out: output parameters, which the deployed accounts write to a shared storage contract.
abstract contract Composable {
    using Constraints for Constraint[];

    error ComposableExecutionFailed();
    error OutputParamsNotSupported();

    function _runComposable(ComposableExecution[] calldata executions) internal {
        for (uint256 i; i < executions.length; i++) {
            ComposableExecution calldata execution = executions[i];
            if (execution.outputParams.length != 0) revert OutputParamsNotSupported();
            bytes memory data = _compose(execution.functionSig, execution.inputParams);
            if (execution.to != address(0)) _callComposed(execution.to, execution.value, data);
        }
    }

    function _callComposed(address to, uint256 value, bytes memory data) internal virtual;

    function _compose(bytes4 selector, InputParam[] calldata params) private view returns (bytes memory data) {
        data = abi.encodePacked(selector);
        for (uint256 i; i < params.length; i++) {
            bytes memory fetched = _fetch(params[i]);
            params[i].constraints.check(fetched);
            data = bytes.concat(data, fetched);
        }
    }

    function _fetch(InputParam calldata param) private view returns (bytes memory) {
        if (param.fetcherType == InputParamFetcherType.RAW_BYTES) return param.paramData;
        (address target, bytes memory data) = abi.decode(param.paramData, (address, bytes));
        (bool success, bytes memory result) = target.staticcall(data);
        if (!success) revert ComposableExecutionFailed();
        return result;
    }
}

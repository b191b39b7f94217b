// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Constraint, Constraints} from "./Constraints.sol";

enum InputParamType {
    TARGET,
    VALUE,
    CALL_DATA
}

enum InputParamFetcherType {
    RAW_BYTES,
    STATIC_CALL,
    BALANCE
}

enum OutputParamFetcherType {
    EXEC_RESULT,
    STATIC_CALL
}

struct InputParam {
    InputParamType paramType;
    InputParamFetcherType fetcherType;
    bytes paramData;
    Constraint[] constraints;
}

struct OutputParam {
    OutputParamFetcherType fetcherType;
    bytes paramData;
}

struct ComposableExecution {
    bytes4 functionSig;
    InputParam[] inputParams;
    OutputParam[] outputParams;
}

/// @notice Composable execution 1.1.0: target and value are inputs too, and a balance can be fetched.
/// @dev Left out: output parameters, which the deployed accounts write to a shared storage contract.
abstract contract Composer {
    using Constraints for Constraint[];

    error ComposableExecutionFailed();
    error InvalidParameterEncoding(string message);
    error InvalidSetOfInputParams(string message);
    error OutputParamsNotSupported();

    struct Composed {
        bool hasTarget;
        bool hasValue;
        address target;
        uint256 value;
        bytes data;
    }

    function _runComposable(ComposableExecution[] calldata executions) internal {
        for (uint256 i; i < executions.length; i++) {
            if (executions[i].outputParams.length != 0) revert OutputParamsNotSupported();
            Composed memory composed = _compose(executions[i]);
            if (composed.target != address(0)) _callComposed(composed.target, composed.value, composed.data);
        }
    }

    function _callComposed(address to, uint256 value, bytes memory data) internal virtual;

    function _compose(ComposableExecution calldata execution) private view returns (Composed memory composed) {
        composed.data = abi.encodePacked(execution.functionSig);
        for (uint256 i; i < execution.inputParams.length; i++) {
            InputParam calldata param = execution.inputParams[i];
            bytes memory fetched = _fetch(param);
            param.constraints.check(fetched);
            _place(composed, param, fetched);
        }
    }

    function _place(Composed memory composed, InputParam calldata param, bytes memory fetched) private pure {
        if (param.paramType == InputParamType.TARGET) {
            if (param.fetcherType == InputParamFetcherType.BALANCE) {
                revert InvalidParameterEncoding("A balance is no target");
            }
            if (composed.hasTarget) revert InvalidSetOfInputParams("Two targets");
            (composed.hasTarget, composed.target) = (true, abi.decode(fetched, (address)));
        } else if (param.paramType == InputParamType.VALUE) {
            if (composed.hasValue) revert InvalidSetOfInputParams("Two values");
            (composed.hasValue, composed.value) = (true, abi.decode(fetched, (uint256)));
        } else {
            composed.data = bytes.concat(composed.data, fetched);
        }
    }

    function _fetch(InputParam calldata param) private view returns (bytes memory) {
        if (param.fetcherType == InputParamFetcherType.RAW_BYTES) return param.paramData;
        if (param.fetcherType == InputParamFetcherType.BALANCE) return abi.encode(_balance(param.paramData));
        (address target, bytes memory data) = abi.decode(param.paramData, (address, bytes));
        (bool success, bytes memory result) = target.staticcall(data);
        if (!success) revert ComposableExecutionFailed();
        return result;
    }

    /// @param data token(20) ‖ account(20); no token means the chain's own coin.
    function _balance(bytes calldata data) private view returns (uint256) {
        if (data.length != 40) revert InvalidParameterEncoding("A token and an account are 40 bytes");
        address token = address(bytes20(data[:20]));
        address account = address(bytes20(data[20:]));
        return token == address(0) ? account.balance : IERC20(token).balanceOf(account);
    }
}

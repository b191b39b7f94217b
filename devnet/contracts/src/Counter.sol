// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A target for permissions: counts in all and per caller, takes value, and can refuse.
contract Counter {
    event Counted(address indexed caller, uint256 count);

    error Refused();

    uint256 public count;
    mapping(address caller => uint256) public countOf;
    string public lastNote;

    receive() external payable {}

    function incrementCount() external {
        _add(1);
    }

    function decrementCount() external {
        count -= 1;
        countOf[msg.sender] -= 1;
        emit Counted(msg.sender, count);
    }

    function addTo(uint256 amount) external {
        _add(amount);
    }

    function pay() external payable {
        _add(msg.value);
    }

    function addWithNote(string calldata note, uint256 amount) external {
        lastNote = note;
        _add(amount);
    }

    function refuse() external pure {
        revert Refused();
    }

    function _add(uint256 amount) private {
        count += amount;
        countOf[msg.sender] += amount;
        emit Counted(msg.sender, count);
    }
}

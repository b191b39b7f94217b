// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A linked list of modules, kept between two ends that are both the address 1.
library ModuleList {
    error LinkedList_InvalidPage();
    error LinkedList_InvalidEntry(address entry);
    error LinkedList_EntryAlreadyInList(address entry);

    struct List {
        mapping(address entry => address next) next;
    }

    address internal constant END = address(1);

    function init(List storage list) internal {
        list.next[END] = END;
    }

    function isInitialized(List storage list) internal view returns (bool) {
        return list.next[END] != address(0);
    }

    function isEmpty(List storage list) internal view returns (bool) {
        address first = list.next[END];
        return first == END || first == address(0);
    }

    function contains(List storage list, address entry) internal view returns (bool) {
        return entry != END && list.next[entry] != address(0);
    }

    function push(List storage list, address entry) internal {
        if (entry == address(0) || entry == END) revert LinkedList_InvalidEntry(entry);
        if (list.next[entry] != address(0)) revert LinkedList_EntryAlreadyInList(entry);
        list.next[entry] = list.next[END];
        list.next[END] = entry;
    }

    function pop(List storage list, address previous, address entry) internal {
        if (entry == address(0) || entry == END || list.next[previous] != entry) revert LinkedList_InvalidEntry(entry);
        list.next[previous] = list.next[entry];
        list.next[entry] = address(0);
    }

    /// @return entries Up to `size` entries after `start` (the end for the first page).
    /// @return cursor Where the next page starts; the end when there is none.
    function page(List storage list, address start, uint256 size)
        internal
        view
        returns (address[] memory entries, address cursor)
    {
        if (size == 0 || (start != END && !contains(list, start))) revert LinkedList_InvalidPage();
        entries = new address[](size);
        uint256 count;
        cursor = list.next[start];
        while (cursor != address(0) && cursor != END && count < size) {
            entries[count++] = cursor;
            cursor = list.next[cursor];
        }
        if (cursor != END && count != 0) cursor = entries[count - 1];
        assembly {
            mstore(entries, count)
        }
    }
}

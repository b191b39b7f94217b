import { toFunctionSelector } from 'viem';

/** Selectors that the spending limit policy and the dangers of a review know by name. */
export const selectors = {
  transfer: toFunctionSelector('transfer(address,uint256)'),
  transferFrom: toFunctionSelector('transferFrom(address,address,uint256)'),
  approve: toFunctionSelector('approve(address,uint256)'),
  increaseAllowance: toFunctionSelector('increaseAllowance(address,uint256)'),
  setApprovalForAll: toFunctionSelector('setApprovalForAll(address,bool)'),
  permit: toFunctionSelector('permit(address,address,uint256,uint256,uint8,bytes32,bytes32)'),
  permit2Approve: toFunctionSelector('approve(address,address,uint160,uint48)'),
} as const;

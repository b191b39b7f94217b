import type { Hex } from 'viem';

/**
 * Signatures of common functions by selector: ERC-20, ERC-721, ERC-1155, ERC-2612, ERC-4626, ERC-7579, wrapped native
 * coin, Permit2, multicalls, Uniswap and Aave routers, OpenZeppelin access control and proxies. A contract may use a
 * selector for something else, so a name is a help to people and never a reason to allow anything.
 */
const signatures = new Map<string, string>([
  ['0xa9059cbb', 'transfer(address to, uint256 amount)'],
  ['0x23b872dd', 'transferFrom(address from, address to, uint256 amount)'],
  ['0x095ea7b3', 'approve(address spender, uint256 amount)'],
  ['0x39509351', 'increaseAllowance(address spender, uint256 addedValue)'],
  ['0xa457c2d7', 'decreaseAllowance(address spender, uint256 subtractedValue)'],
  [
    '0xd505accf',
    'permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  ],
  [
    '0x8fcbaf0c',
    'permit(address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)',
  ],
  ['0x40c10f19', 'mint(address to, uint256 amount)'],
  ['0x42966c68', 'burn(uint256 amount)'],
  ['0x79cc6790', 'burnFrom(address account, uint256 amount)'],
  ['0xd0e30db0', 'deposit()'],
  ['0x2e1a7d4d', 'withdraw(uint256 amount)'],
  ['0x42842e0e', 'safeTransferFrom(address from, address to, uint256 tokenId)'],
  ['0xb88d4fde', 'safeTransferFrom(address from, address to, uint256 tokenId, bytes data)'],
  ['0xa22cb465', 'setApprovalForAll(address operator, bool approved)'],
  ['0xf242432a', 'safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)'],
  [
    '0x2eb2c2d6',
    'safeBatchTransferFrom(address from, address to, uint256[] ids, uint256[] values, bytes data)',
  ],
  ['0x6e553f65', 'deposit(uint256 assets, address receiver)'],
  ['0x94bf804d', 'mint(uint256 shares, address receiver)'],
  ['0xb460af94', 'withdraw(uint256 assets, address receiver, address owner)'],
  ['0xba087652', 'redeem(uint256 shares, address receiver, address owner)'],
  ['0x87517c45', 'approve(address token, address spender, uint160 amount, uint48 expiration)'],
  ['0x36c78516', 'transferFrom(address from, address to, uint160 amount, address token)'],
  [
    '0x2b67b570',
    'permit(address owner, ((address token, uint160 amount, uint48 expiration, uint48 nonce) details, address spender, uint256 sigDeadline) permitSingle, bytes signature)',
  ],
  [
    '0x30f28b7a',
    'permitTransferFrom(((address token, uint256 amount) permitted, uint256 nonce, uint256 deadline) permit, (address to, uint256 requestedAmount) transferDetails, address owner, bytes signature)',
  ],
  ['0xcc53287f', 'lockdown((address token, address spender)[] approvals)'],
  ['0xac9650d8', 'multicall(bytes[] data)'],
  ['0x5ae401dc', 'multicall(uint256 deadline, bytes[] data)'],
  ['0x252dba42', 'aggregate((address target, bytes callData)[] calls)'],
  ['0x82ad56cb', 'aggregate3((address target, bool allowFailure, bytes callData)[] calls)'],
  [
    '0x174dea71',
    'aggregate3Value((address target, bool allowFailure, uint256 value, bytes callData)[] calls)',
  ],
  ['0xbce38bd7', 'tryAggregate(bool requireSuccess, (address target, bytes callData)[] calls)'],
  ['0x24856bc3', 'execute(bytes commands, bytes[] inputs)'],
  ['0x3593564c', 'execute(bytes commands, bytes[] inputs, uint256 deadline)'],
  [
    '0x38ed1739',
    'swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)',
  ],
  [
    '0x8803dbee',
    'swapTokensForExactTokens(uint256 amountOut, uint256 amountInMax, address[] path, address to, uint256 deadline)',
  ],
  ['0x7ff36ab5', 'swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline)'],
  [
    '0x18cbafe5',
    'swapExactTokensForETH(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)',
  ],
  [
    '0xe8e33700',
    'addLiquidity(address tokenA, address tokenB, uint256 amountADesired, uint256 amountBDesired, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline)',
  ],
  [
    '0xbaa2abde',
    'removeLiquidity(address tokenA, address tokenB, uint256 liquidity, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline)',
  ],
  [
    '0x414bf389',
    'exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params)',
  ],
  [
    '0x04e45aaf',
    'exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params)',
  ],
  [
    '0xc04b8d59',
    'exactInput((bytes path, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum) params)',
  ],
  [
    '0xb858183f',
    'exactInput((bytes path, address recipient, uint256 amountIn, uint256 amountOutMinimum) params)',
  ],
  [
    '0xdb3e2198',
    'exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountOut, uint256 amountInMaximum, uint160 sqrtPriceLimitX96) params)',
  ],
  [
    '0x5023b4df',
    'exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountOut, uint256 amountInMaximum, uint160 sqrtPriceLimitX96) params)',
  ],
  ['0x617ba037', 'supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)'],
  ['0x69328dec', 'withdraw(address asset, uint256 amount, address to)'],
  [
    '0xa415bcad',
    'borrow(address asset, uint256 amount, uint256 interestRateMode, uint16 referralCode, address onBehalfOf)',
  ],
  ['0x573ade81', 'repay(address asset, uint256 amount, uint256 interestRateMode, address onBehalfOf)'],
  ['0x5c19a95c', 'delegate(address delegatee)'],
  ['0x4e71d92d', 'claim()'],
  ['0xa694fc3a', 'stake(uint256 amount)'],
  ['0x2e17de78', 'unstake(uint256 amount)'],
  ['0x3d18b912', 'getReward()'],
  ['0xf2fde38b', 'transferOwnership(address newOwner)'],
  ['0x79ba5097', 'acceptOwnership()'],
  ['0x715018a6', 'renounceOwnership()'],
  ['0x2f2ff15d', 'grantRole(bytes32 role, address account)'],
  ['0xd547741f', 'revokeRole(bytes32 role, address account)'],
  ['0x8f283970', 'changeAdmin(address newAdmin)'],
  ['0x3659cfe6', 'upgradeTo(address newImplementation)'],
  ['0x4f1ef286', 'upgradeToAndCall(address newImplementation, bytes data)'],
  ['0xe9ae5c53', 'execute(bytes32 mode, bytes executionCalldata)'],
  ['0x9517e29f', 'installModule(uint256 moduleTypeId, address module, bytes initData)'],
  ['0xa71763a8', 'uninstallModule(uint256 moduleTypeId, address module, bytes deInitData)'],
]);

/** The known signature of a selector, with argument names, or null. */
export function knownSignature(selector: Hex): string | null {
  return signatures.get(selector.toLowerCase()) ?? null;
}

/** Every known selector and signature. */
export function knownFunctions(): ReadonlyMap<string, string> {
  return signatures;
}

/** Fields that a page may not fill in, because only the companion decides on them; each with what a page is told. */
export const companionOnly = {
  redeemer: {
    reason: 'REDEEMER_GIVEN',
    message: "The redeemer is the companion's choice: every grant gets a session key of its own.",
    action: 'Leave the redeemer out; the answer names it.',
  },
  authorization: {
    reason: 'AUTHORIZATION_GIVEN',
    message: 'The companion chooses and signs an EIP-7702 authorization; it takes none from a page.',
    action: 'Leave it out and ask with delegate: true.',
  },
  authorizations: {
    reason: 'AUTHORIZATION_GIVEN',
    message: 'The companion chooses and signs EIP-7702 authorizations; it takes none from a page.',
    action: 'Leave them out and ask with delegate: true.',
  },
} as const;

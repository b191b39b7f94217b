import { describe, expect, it } from 'vitest';
import { RpcError } from '../rpc/errors';
import { failureFrom, failureOf } from './failure';
import { PopupError } from './popupError';

describe('failureFrom', () => {
  it('shows sentence, reason and what to do', () => {
    const error = new RpcError(4100, 'The password is wrong.', {
      reason: 'WRONG_PASSWORD',
      action: 'Type it again.',
    });
    expect(failureFrom(error)).toEqual({
      message: 'The password is wrong.',
      reason: 'WRONG_PASSWORD',
      action: 'Type it again.',
    });
    expect(failureFrom(new PopupError('X', 'm', 'a'))).toEqual({ message: 'm', reason: 'X', action: 'a' });
  });

  it('does not show the text of an unexpected error', () => {
    expect(failureFrom(new Error('secret at 0x')).message).toBe('Latchkey did not answer.');
    expect(failureFrom('boom').message).toBe('Latchkey did not answer.');
  });
});

describe('failureOf', () => {
  it('cleans the words of a node', () => {
    const failure = failureOf({ code: -32603, message: `bad\u202E\n${'x'.repeat(5000)}` });
    expect(failure.message).toHaveLength(400);
    expect(failure.message.startsWith('bad xxx')).toBe(true);
  });

  it('says how long to wait', () => {
    const data = { reason: 'TOO_MANY_ATTEMPTS', action: 'Wait.', details: { waitSeconds: 80 } };
    expect(failureOf({ code: 4100, message: 'Too many.', data }).action).toBe(
      'Wait 1 minute 20 seconds, then try again.',
    );
  });

  it('carries what is known of a damaged vault', () => {
    const damage = { header: 'damaged', workingKeys: [], damagedKeys: ['x'] };
    const data = { reason: 'DAMAGED', action: 'Restore it.', details: { damage } };
    expect(failureOf({ code: -32603, message: 'Damaged.', data }).damage).toEqual({ health: damage });
  });

  it('never shows an empty message', () => {
    expect(failureOf({ code: -32603, message: '\u200B' }).message).toBe('No reason was given.');
  });
});

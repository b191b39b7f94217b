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

  it('never shows an empty message', () => {
    expect(failureOf({ code: -32603, message: '\u200B' }).message).toBe('No reason was given.');
  });
});

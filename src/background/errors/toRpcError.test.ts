import { describe, expect, it } from 'vitest';
import { ActionError } from '../../protocol/actions/actionError';
import { AddressError } from '../../protocol/address';
import { ProtocolError } from '../../protocol/errors';
import { QuoteMismatchError } from '../../protocol/mee/mismatch';
import { PolicyError } from '../../protocol/policies/policyError';
import { StorageError } from '../../storage/index';
import { VaultError } from '../../vault/index';
import { userRejected } from './rpcErrors';
import { toRpcError } from './toRpcError';

const words = { shortMessage: 'It is wrong.', details: 'Got 0.', action: 'Give another.' };

describe('the error that travels', () => {
  it.each([
    ['an action', new ActionError('ESCALATION_TARGET', words), -32602, 'ESCALATION_TARGET'],
    ['a policy', new PolicyError('POLICY_UNKNOWN', words), -32602, 'POLICY_UNKNOWN'],
    ['an address', new AddressError('token', '0x12'), -32602, 'INVALID_ADDRESS'],
    [
      'another protocol error',
      new ProtocolError('NODE_RESPONSE_MALFORMED', words),
      -32000,
      'NODE_RESPONSE_MALFORMED',
    ],
    ['a locked vault', new VaultError('LOCKED'), 4100, 'LOCKED'],
    ['a wrong password', new VaultError('WRONG_PASSWORD'), 4100, 'WRONG_PASSWORD'],
    ['a damaged vault', new VaultError('DAMAGED'), -32603, 'DAMAGED'],
    ['a weak password', new VaultError('WEAK_PASSWORD'), -32602, 'WEAK_PASSWORD'],
    ['minutes out of range', new VaultError('INVALID_MINUTES'), -32602, 'INVALID_MINUTES'],
    ['a reset without its words', new VaultError('NOT_CONFIRMED'), -32602, 'NOT_CONFIRMED'],
    ['a damaged backup', new VaultError('BACKUP_DAMAGED'), -32602, 'BACKUP_DAMAGED'],
    ['a newer backup', new VaultError('BACKUP_NOT_SUPPORTED'), -32602, 'BACKUP_NOT_SUPPORTED'],
    ['a large backup', new VaultError('BACKUP_TOO_LARGE'), -32602, 'BACKUP_TOO_LARGE'],
    ['a vault that is there already', new VaultError('VAULT_EXISTS'), -32000, 'VAULT_EXISTS'],
    ['no vault', new VaultError('NO_VAULT'), -32000, 'NO_VAULT'],
    ['storage', new StorageError('FULL', 'No space.'), -32603, 'STORAGE_FULL'],
  ])('of %s has a code, a reason, a sentence and what to do', (_what, error, code, reason) => {
    expect(toRpcError(error).toJSON()).toEqual({
      code,
      message: expect.stringMatching(/\S+ \S+/),
      data: { reason, action: expect.stringMatching(/\S+ \S+/) },
    });
  });

  it('names the field of a changed quote, with long values cut', () => {
    const error = new QuoteMismatchError('userOps[1].callData', `0x${'11'.repeat(500)}`, '0x22');
    const { code, data } = toRpcError(error);
    expect(code).toBe(-32000);
    expect(data).toMatchObject({
      reason: 'QUOTE_MISMATCH',
      details: { field: 'userOps[1].callData', got: '0x22' },
    });
    expect(String(data.details?.expected)).toHaveLength(200);
  });

  it('says how long to wait after too many passwords', () => {
    expect(toRpcError(new VaultError('TOO_MANY_ATTEMPTS', { waitSeconds: 30 })).data.details).toEqual({
      waitSeconds: 30,
    });
  });

  it('names what is damaged to own pages only: it tells of every grant', () => {
    const damage = { header: 'intact', workingKeys: ['session:secret'], damagedKeys: ['owner'] } as const;
    const error = new VaultError('DAMAGED', { damage });
    expect(toRpcError(error, 'ownPage').data.details).toEqual({ damage });
    expect(JSON.stringify(toRpcError(error))).not.toContain('session:secret');
  });

  it('keeps typed errors, and tells nothing of unknown ones', () => {
    const typed = userRejected({ reason: 'USER_REJECTED', message: 'No.', action: 'Wait.' });
    expect(toRpcError(typed)).toBe(typed);
    for (const unknown of [new TypeError('inner'), 'inner', undefined, { message: 'inner' }]) {
      const error = toRpcError(unknown);
      expect(error).toMatchObject({ code: -32603, data: { reason: 'INTERNAL' } });
      expect(JSON.stringify(error)).not.toContain('inner');
    }
  });
});

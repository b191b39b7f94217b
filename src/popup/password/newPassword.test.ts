import { describe, expect, it } from 'vitest';
import { checkNewPassword } from './newPassword';

const good = 'tulip anvil monsoon ledger';

describe('checkNewPassword', () => {
  it('takes a good password that was typed the same twice', () => {
    expect(checkNewPassword({ password: good, again: good })).toMatchObject({ differs: false, ready: true });
  });

  it('refuses a weak one, however often it was typed', () => {
    expect(checkNewPassword({ password: 'password1234', again: 'password1234' }).ready).toBe(false);
  });

  it('speaks of a difference only once the second was begun', () => {
    expect(checkNewPassword({ password: good, again: '' })).toMatchObject({ differs: false, ready: false });
    expect(checkNewPassword({ password: good, again: 'tulip' })).toMatchObject({
      differs: true,
      ready: false,
    });
  });
});

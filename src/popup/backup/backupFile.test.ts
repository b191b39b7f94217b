import { describe, expect, it } from 'vitest';
import { maxBackupLength } from '../../rpc/ports';
import { backupName, readBackupFile } from './backupFile';

const reasonOf = (file: Pick<File, 'size' | 'text'>) =>
  readBackupFile(file).then(
    () => 'read',
    ({ code }: { code: string }) => code,
  );

describe('backupName', () => {
  it('carries the day on which it was made', () => {
    expect(backupName(1_795_611_900)).toBe('latchkey-backup-2026-11-25.json');
  });
});

describe('readBackupFile', () => {
  it('gives the text as it is', async () => {
    expect(await readBackupFile(new File([' {"a":1}\n'], 'b.json'))).toBe(' {"a":1}\n');
  });

  it('refuses what can be no backup, without reading what is too large', async () => {
    expect(await reasonOf(new File(['\n'], 'b.json'))).toBe('BACKUP_EMPTY');
    const huge = { size: maxBackupLength + 1, text: () => Promise.reject(new TypeError('read')) };
    expect(await reasonOf(huge)).toBe('BACKUP_TOO_LARGE');
  });

  it('says when the file went away', async () => {
    expect(await reasonOf({ size: 5, text: () => Promise.reject(new TypeError('gone')) })).toBe(
      'FILE_UNREADABLE',
    );
  });
});

import { maxBackupLength } from '../../rpc/ports';
import { PopupError } from '../popupError';

/** File name of a backup made now, such as `latchkey-backup-2026-11-25.json`. `now` is in unix seconds. */
export function backupName(now: number): string {
  return `latchkey-backup-${new Date(now * 1000).toISOString().slice(0, 10)}.json`;
}

/** Text of a file that the person chose. Throws BACKUP_TOO_LARGE, BACKUP_EMPTY or FILE_UNREADABLE. */
export async function readBackupFile(file: Pick<File, 'size' | 'text'>): Promise<string> {
  if (file.size > maxBackupLength) {
    throw new PopupError(
      'BACKUP_TOO_LARGE',
      'This file is too large to be a backup.',
      'Choose the file that Latchkey saved.',
    );
  }
  const text = await file.text().catch((): string => {
    throw new PopupError(
      'FILE_UNREADABLE',
      'This file could not be read.',
      'Check that it is still there, then choose it again.',
    );
  });
  if (text.trim() !== '') return text;
  throw new PopupError('BACKUP_EMPTY', 'This file is empty.', 'Choose the file that Latchkey saved.');
}

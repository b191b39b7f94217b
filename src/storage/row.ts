import * as v from 'valibot';
import type { Row } from './schema';
import { StorageError } from './storageError';

const rowVersion = 1;

/** How one kind of record is named in messages and checked. */
export interface RecordKind<R> {
  /** What a person calls it, such as `request`. */
  noun: string;
  schema: v.GenericSchema<R>;
}

/** A row that holds the record in the present version. Throws INVALID for a record that couldn't be read back. */
export const toRow = <R>(kind: RecordKind<R>, record: R): Row => {
  if (v.is(kind.schema, record)) return { version: rowVersion, record };
  throw new StorageError('INVALID', `This ${kind.noun} can not be stored: ${wrongPart(kind, record)}.`);
};

/** The record of a stored row exactly as it was put, or undefined when it can't be read. */
export const tryRecord = <R>(kind: RecordKind<R>, { version, record }: Row): R | undefined =>
  version === rowVersion && v.is(kind.schema, record) ? record : undefined;

/** The record of a stored row exactly as it was put. Throws CORRUPT when it can't be read. */
export const recordOf = <R>(kind: RecordKind<R>, row: Row): R => {
  const record = tryRecord(kind, row);
  if (record !== undefined) return record;
  throw new StorageError('CORRUPT', `A stored ${kind.noun} is damaged: ${wrongPart(kind, row.record)}.`);
};

/** Where it is wrong, without the values. */
const wrongPart = <R>(kind: RecordKind<R>, record: unknown): string => {
  const [issue] = v.safeParse(kind.schema, record).issues ?? [];
  if (issue === undefined) return 'its version is unknown';
  return `the part "${v.getDotPath(issue) ?? kind.noun}" has the wrong shape`;
};

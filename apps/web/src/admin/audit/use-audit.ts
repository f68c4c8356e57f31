import { answered, api } from '../../api/client';
import { type Shown } from '../../api/types';
import { usePages } from '../use-pages';
import { type AuditFilter } from './audit-form';

/** A row of the audit: who, what, when, and how it ended. */
export type AuditRow = Shown<'/api/admin/audit'>['items'][number];

const limit = 50;

/**
 * The rows that fit, newest first. Each reading is audited itself, so nothing is read again without being asked for;
 * `asked` tells one search from the next of the same words.
 */
export const useAudit = (filter: AuditFilter, asked: number) =>
  usePages(
    ['audit', filter, asked],
    (cursor) => answered(api.GET('/api/admin/audit', { params: { query: { ...filter, limit, cursor } } })),
    { keep: true },
  );

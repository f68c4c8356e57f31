import { answered, api } from '../../api/client';
import { type Done } from '../../api/types';
import { usePages } from '../use-pages';
import { type AuditFilter } from './audit-form';

/** A row of the audit: who, what, when, and how it ended. */
export type AuditRow = Done<'/api/admin/audit/searches'>['items'][number];

const limit = 50;

/**
 * The rows that fit, newest first. Each reading is audited itself, so nothing is read again without being asked for;
 * `asked` tells one search from the next of the same words.
 */
export const useAudit = (filter: AuditFilter, asked: number) =>
  usePages(
    ['audit', filter, asked],
    (cursor) =>
      answered(api.POST('/api/admin/audit/searches', { body: { ...filter, limit, ...(cursor && { cursor }) } })),
    { keep: true },
  );

import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../api/client';

const everyMs = 10_000;

/** How the installation stands; workers beat every few seconds, so it is read every ten. */
export const useOperations = () =>
  useQuery({
    queryKey: ['operations'],
    queryFn: () => answered(api.GET('/api/admin/operations')),
    refetchInterval: everyMs,
  });

const slowlyMs = 30_000;

/** Where what was decided and what was carried out differ. */
export const useReconciliation = () =>
  useQuery({
    queryKey: ['reconciliation'],
    queryFn: () => answered(api.GET('/api/admin/reconciliation')),
    refetchInterval: slowlyMs,
  });

import { useQuery } from '@tanstack/react-query';
import { type ProcessName } from '#libs/processes/index';
import { answered, api } from '../../api/client';
import { type Shown } from '../../api/types';

/** How often people, rules and model agreed. */
export type Agreement = Shown<'/api/admin/agreement/{process}'>;
export type AgreementRow = Agreement['rows'][number];

const dayMs = 24 * 60 * 60_000;
/* Counting opens every signed review of the period, so it is not asked for again at each glance. */
const staleMs = 5 * 60_000;

/** The agreement of the last days. */
export const useAgreement = (process: ProcessName, days: number) =>
  useQuery({
    queryKey: ['agreement', process, days],
    staleTime: staleMs,
    refetchOnWindowFocus: false,
    queryFn: () => {
      const from = new Date(Date.now() - days * dayMs).toISOString();
      return answered(api.GET('/api/admin/agreement/{process}', { params: { path: { process }, query: { from } } }));
    },
  });

/** The quality of drafts of the last days: blind sample and acceptance by week. */
export const useModelQuality = (process: ProcessName, days: number) =>
  useQuery({
    queryKey: ['model-quality', process, days],
    staleTime: staleMs,
    refetchOnWindowFocus: false,
    queryFn: () => {
      const from = new Date(Date.now() - days * dayMs).toISOString();
      return answered(
        api.GET('/api/admin/model-quality/{process}', { params: { path: { process }, query: { from } } }),
      );
    },
  });
export type ModelQuality = Shown<'/api/admin/model-quality/{process}'>;

import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client';
import { type Review } from '../../api/types';
import { type Round } from '../../reviews/panel';
import { acuityForm, type AcuityEntry } from './entry';

/** The other rounds of a triage case, newest first. */
export const useAcuityRounds = ({ caseId, reviewId, step }: Review): readonly Round<AcuityEntry>[] => {
  const { data } = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => answered(api.GET('/api/triage/cases/{id}', { params: { path: { id: caseId } } })),
  });
  return (data?.reviews ?? [])
    .filter((one) => one.id !== reviewId && one.step === step)
    .toSorted((a, b) => b.round - a.round)
    .map(({ id, round, state, openedAt, decision }) => ({
      reviewId: id,
      round,
      state,
      openedAt,
      signed: decision && { by: decision.by, at: decision.decidedAt, content: acuityForm(decision.content) },
    }));
};

import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client';
import { type Shown } from '../../api/types';

/** Complaints and flags with their readings, for finding them by initials. */
export type Vocabulary = Shown<'/api/triage/vocabulary'>;

const none: Vocabulary = { complaints: [], flags: [] };

/** The words of the form, read once and kept: what is typed is compared on the page. Without them only Chinese and English fit. */
export const useVocabulary = (): Vocabulary =>
  useQuery({
    queryKey: ['vocabulary'],
    queryFn: () => answered(api.GET('/api/triage/vocabulary')),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  }).data ?? none;

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { answered, api } from '../../api/client';
import { type Done, type Sent } from '../../api/types';
import { assessmentOf } from './body';
import { type AssessmentEntry } from './entry';

type EvaluationSent = Sent<'/api/triage/evaluations'>;

/** What the rules say of a form, with the questions they would ask. */
export type FormEvaluation = Omit<Done<'/api/triage/evaluations'>, 'evaluation'> & {
  readonly evaluation: TriageEvaluation;
};

/** The patient as the rules read them. */
export type RulesPatient = EvaluationSent['patient'];

/** How long somebody pauses before the rules are asked, ms. */
const pauseMs = 200;

const useSettled = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

/* The rules read no clock; one time for every asking keeps equal forms equal. */
const anyTime = '2000-01-01T00:00:00.000Z';

/**
 * What the packs in force say of the form, while it is typed. Text changes nothing but the questions, so it is asked with
 * the rest. `current`: whether the answer is of what stands in the form now.
 */
export const useEvaluation = (entry: AssessmentEntry, patient: RulesPatient) => {
  const asked = JSON.stringify({ assessment: assessmentOf(entry, anyTime), patient });
  const settled = useSettled(asked);
  const body = useMemo(() => JSON.parse(settled) as EvaluationSent, [settled]);
  const { data, isError, isPlaceholderData } = useQuery({
    queryKey: ['evaluation', settled],
    queryFn: ({ signal }) => answered(api.POST('/api/triage/evaluations', { body, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
  return {
    answer: (data ?? null) as FormEvaluation | null,
    failed: isError,
    current: asked === settled && !isPlaceholderData && !isError,
  };
};

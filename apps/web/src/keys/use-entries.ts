import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answered, api } from '../api/client';
import { type Done } from '../api/types';
import { screensOf } from '../app/screens';
import { useFormats } from '../i18n/formats';
import { holds, useSession } from '../session/session';

/** Something the palette leads to. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly detail: string;
  readonly go: () => void;
}

type Found = Done<'/api/triage/search'>['items'][number];

/* Each search opens names and is audited: not one for every letter. */
const settleMs = 300;

const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

const atTheDesk = ['triage_nurse', 'charge_nurse', 'physician'] as const;

/** The patients at the desks whom these words fit: name, pinyin or its initials, ticket, number, complaint. */
const usePatients = (words: string) => {
  const q = useSettled(words.trim());
  const enabled = holds(useSession(), atTheDesk) && q !== '';
  return useQuery({
    queryKey: ['search', q],
    queryFn: () => answered(api.POST('/api/triage/search', { body: { q, limit: 8 } })),
    enabled,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
};

/** Where the words lead: patients first, then screens. */
export const useEntries = (words: string, close: () => void) => {
  const { t } = useTranslation(['nav', 'triage']);
  const { text } = useFormats();
  const session = useSession();
  const navigate = useNavigate();
  const patients = usePatients(words);
  const wanted = words.trim().toLowerCase();
  const goTo = (path: string) => (): void => {
    close();
    void navigate(path);
  };
  const patientOf = ({ caseId, ticketNo, patient, state, complaint }: Found): Entry => ({
    id: caseId,
    label: `${ticketNo} ${patient.unidentified ? t('triage:unidentified') : patient.name}`,
    detail: [t(`triage:sexes.${patient.sex}`), text(patient.age), t(`triage:states.${state}`), complaint ?? '']
      .filter((part) => part !== '')
      .join(' · '),
    go: goTo(`/cases/${caseId}`),
  });
  const screens = screensOf(session)
    .filter(({ hidden }) => hidden !== true)
    .map(({ id, path }): Entry => ({ id, label: t(id), detail: '', go: goTo(path) }))
    .filter(({ label, id }) => wanted === '' || label.toLowerCase().includes(wanted) || id.includes(wanted));
  const found = wanted === '' ? [] : (patients.data?.items ?? []).map(patientOf);
  return { entries: [...found, ...screens], searching: patients.isFetching, error: patients.error };
};

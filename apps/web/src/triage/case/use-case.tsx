import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, newKey, once, onceAt } from '../../api/client';
import { type CaseView, type Sent } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';
import { takeLastMove } from '../queue/last-move';
import { type PatientSent } from './patient-patch';

/** A case with everything about it. */
export const useCase = (id: string) =>
  useQuery({
    queryKey: ['case', id],
    queryFn: () => answered(api.GET('/api/triage/cases/{id}', { params: { path: { id } } })),
  });

/** Reads again what a change of a case touches. */
export const useReadCaseAgain = (caseId: string): (() => void) => {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['case', caseId] });
    for (const word of ['queue', 'tasks', 'reviews']) void client.invalidateQueries({ queryKey: [word] });
  };
};

/** A change of this case that says what became of it: read again, told in a word, a refusal in words. */
const useChange = <T,>(caseId: string, change: (sent: { value: T; key: string }) => Promise<unknown>, done: string) => {
  const readAgain = useReadCaseAgain(caseId);
  const { message } = App.useApp();
  const changing = useMutation({
    mutationFn: change,
    onSuccess: () => void message.success(done),
    onError: (thrown) => void message.error(<ProblemText thrown={thrown} />),
    onSettled: readAgain,
  });
  return {
    send: (value: T, then?: () => void) => changing.mutate({ value, key: newKey() }, then && { onSuccess: then }),
    sending: changing.isPending,
  };
};

/** Takes the last move back. */
export const useUndoMove = ({ caseId, version, undo }: Pick<CaseView, 'caseId' | 'version' | 'undo'>) => {
  const { t } = useTranslation('queue');
  const { message } = App.useApp();
  return useChange<null>(
    caseId,
    ({ key }) => {
      // The message that offers the same, and Ctrl+Z, have nothing left to take back.
      if (undo) message.destroy(undo.moveId);
      takeLastMove();
      return answered(
        api.POST('/api/triage/cases/{id}/moves/undo', {
          params: { path: { id: caseId }, header: onceAt(key, version) },
          body: {},
        }),
      );
    },
    t('undone'),
  );
};

/** Raises or lifts a precaution against the rules, with the reason. */
export const usePrecaution = (caseId: string) => {
  const { t } = useTranslation('case');
  return useChange<Sent<'/api/triage/cases/{id}/precautions'>>(
    caseId,
    ({ value, key }) =>
      answered(
        api.POST('/api/triage/cases/{id}/precautions', {
          params: { path: { id: caseId }, header: once(key) },
          body: value,
        }),
      ),
    t('precautionDone'),
  );
};

/** Says who the patient is, or corrects it, for the version that was shown. */
export const useIdentify = ({ caseId, patient }: Pick<CaseView, 'caseId' | 'patient'>) => {
  const { t } = useTranslation('case');
  return useChange<PatientSent>(
    caseId,
    ({ value, key }) =>
      answered(
        api.PATCH('/api/triage/cases/{id}/patient', {
          params: { path: { id: caseId }, header: onceAt(key, patient.version) },
          body: value,
        }),
      ),
    t('identified'),
  );
};

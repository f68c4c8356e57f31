import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, newKey, once } from '../../api/client';
import { type Sent } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';

/** What an administrator may do for a case that stands still. */
export type RepairKind = Sent<'/api/admin/cases/{id}/repairs'>['repair'];

const request = (caseId: string, repair: RepairKind, key: string) =>
  answered(
    api.POST('/api/admin/cases/{id}/repairs', {
      params: { path: { id: caseId }, header: once(key) },
      body: { repair },
    }),
  );

/** Asks in words what is about to happen, and then has the case carried on or started again. */
export const useRepair = (caseId: string) => {
  const { t } = useTranslation(['ops', 'common']);
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const repairing = useMutation({
    mutationFn: ({ repair, key }: { repair: RepairKind; key: string }) => request(caseId, repair, key),
    onSuccess: (_, { repair }) => void message.success(t(`repairs.${repair}.done`), 6),
    onError: (thrown) => void message.error(<ProblemText thrown={thrown} />),
    onSettled: () => {
      for (const word of ['reconciliation', 'operations', 'outbox-dead', 'case-timeline'])
        void client.invalidateQueries({ queryKey: [word] });
    },
  });
  const ask = (repair: RepairKind): void => {
    const key = newKey();
    void modal.confirm({
      title: t(`repairs.${repair}.title`),
      content: t(`repairs.${repair}.text`),
      okText: t(`repairs.${repair}.ok`),
      cancelText: t('common:cancel'),
      onOk: () => repairing.mutate({ repair, key }),
    });
  };
  return { ask, repairing: repairing.isPending };
};

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client';
import { ProblemText } from '../app/ProblemText';

const lookEveryMs = 1_000;
const patienceMs = 20_000;

/** Has the endpoints probed and waits until each worker told of a newer probe; `probes` names the last ones known. */
export const ProbeNow = ({ probes }: { readonly probes: readonly string[] }) => {
  const { t } = useTranslation('ops');
  const client = useQueryClient();
  const [before, setBefore] = useState<readonly string[] | null>(null);
  const [silent, setSilent] = useState(false);
  const waiting = before !== null && probes.some((probe) => before.includes(probe));
  const asking = useMutation({
    mutationFn: () => answered(api.POST('/api/admin/model-probes')),
    onSuccess: () => {
      setSilent(false);
      setBefore(probes);
    },
  });
  useEffect(() => {
    if (!waiting) return undefined;
    const look = setInterval(() => void client.invalidateQueries({ queryKey: ['operations'] }), lookEveryMs);
    const late = setTimeout(() => {
      setSilent(true);
      setBefore(null);
    }, patienceMs);
    return () => {
      clearInterval(look);
      clearTimeout(late);
    };
  }, [waiting, client]);
  return (
    <p className="probe-now">
      <Button onClick={() => asking.mutate()} disabled={waiting} loading={asking.isPending}>
        {t('probeNow')}
      </Button>{' '}
      <span className="quiet" role="status">
        {asking.isError ? (
          <ProblemText thrown={asking.error} />
        ) : (
          t(waiting ? 'probing' : silent ? 'probeSilent' : 'probeMeans')
        )}
      </span>
    </p>
  );
};

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Popover } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answered, api, newKey, once } from '../api/client';
import { type Notice } from '../api/types';
import { wordOf } from '../notices/loud';
import { useAlerts } from '../notices/use-alerts';
import { useFormats } from '../i18n/formats';
import './notices.css';

/** What this person is told, with a count on the bell and in the title of the tab. */
export const NoticeBell = () => {
  const { t } = useTranslation('notices');
  const { data } = useQuery({ queryKey: ['notices'], queryFn: () => answered(api.GET('/api/notices')) });
  const notices = data?.items ?? [];
  const [open, setOpen] = useState(false);
  useTitleBadge(notices.length);
  useAlerts(data?.items);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={<NoticeList notices={notices} onFollow={() => setOpen(false)} />}
    >
      <Badge count={notices.length} size="small" offset={[-8, 6]}>
        <Button type="text" aria-label={t('bell', { count: notices.length })}>
          {t('title')}
        </Button>
      </Badge>
    </Popover>
  );
};

const useTitleBadge = (count: number): void => {
  const { t } = useTranslation('session');
  const product = t('product');
  useEffect(() => {
    document.title = count === 0 ? product : `(${count}) ${product}`;
  }, [count, product]);
};

interface Shown {
  /** It led somewhere: the list no longer covers the page. */
  readonly onFollow: () => void;
}

const NoticeList = ({ notices, onFollow }: Shown & { readonly notices: readonly Notice[] }) => {
  const { t } = useTranslation('notices');
  if (notices.length === 0) return <p className="quiet">{t('empty')}</p>;
  return (
    <ul className="notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onFollow={onFollow} />
      ))}
    </ul>
  );
};

const NoticeLine = ({ notice, onFollow }: Shown & { readonly notice: Notice }) => {
  const { t } = useTranslation('notices');
  const { time } = useFormats();
  const client = useQueryClient();
  const acknowledging = useMutation({
    mutationFn: (key: string) =>
      answered(api.POST('/api/notices/{id}/acknowledge', { params: { path: { id: notice.id }, header: once(key) } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
  const text = t(`kinds.${wordOf(notice)}`, { defaultValue: t('kinds.other', { kind: notice.kind }) });
  const said = notice.ticketNo === null ? text : t('ofTicket', { ticket: notice.ticketNo, text });
  return (
    <li>
      <span className="quiet">{time(notice.createdAt)}</span>
      {notice.reviewId === null ? (
        <span>{said}</span>
      ) : (
        <Link to={`/reviews/${notice.reviewId}`} onClick={onFollow}>
          {said}
        </Link>
      )}
      <Button size="small" onClick={() => acknowledging.mutate(newKey())} loading={acknowledging.isPending}>
        {t('acknowledge')}
      </Button>
    </li>
  );
};

import { useMutation } from '@tanstack/react-query';
import { Alert, App, Input, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { countRows, type ExportAsk, type ExportCount, exportOf, type ExportPurpose, save, takeRows } from './export';

/* By name, so that a purpose the API learns is missing here at compile time and not on the screen. */
const byName: Readonly<Record<ExportPurpose, true>> = {
  'quality-improvement': true,
  'incident-review': true,
  'complaint-handling': true,
  inspection: true,
  'security-audit': true,
  statistics: true,
  research: true,
  other: true,
};
const purposes = Object.keys(byName) as ExportPurpose[];

/** Counts the rows, asks what they are for, and saves the file. Counting and taking are both audited. */
export const ExportDialog = ({ ask, onClose }: { readonly ask: ExportAsk; readonly onClose: () => void }) => {
  const { t, i18n } = useTranslation('exports');
  const { message } = App.useApp();
  const [purpose, setPurpose] = useState<ExportPurpose | null>(null);
  const [text, setText] = useState('');
  const counting = useMutation({ mutationFn: countRows });
  const { mutate: count, data: counted } = counting;
  useEffect(() => count(ask), [ask, count]);
  const taking = useMutation({
    mutationFn: takeRows,
    onSuccess: (file) => {
      save(file);
      void message.success(t('taken', { name: file.name }));
      onClose();
    },
    onError: (thrown) => isProblem(thrown, 'EXPORT_CHANGED') && count(ask),
  });
  const missing = purpose === null || (purpose === 'other' && text.trim() === '');
  const ready = counted !== undefined && !counting.isPending && !counted.tooMany && counted.rows > 0 && !missing;
  const take = (): void => {
    if (!ready || purpose === null) return;
    const language = i18n.language === 'en' ? 'en' : 'zh';
    taking.mutate(exportOf(counted, { purpose, text }, language));
  };
  const thrown = taking.error ?? counting.error;
  return (
    <Modal
      open
      title={t(`kinds.${ask.kind}`)}
      okText={counted ? t('take', { n: counted.rows }) : t('common:loading')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: !ready, loading: taking.isPending }}
      onOk={take}
      onCancel={onClose}
      maskClosable={false}
    >
      {thrown !== null && <Alert type="error" showIcon role="alert" title={<ProblemText thrown={thrown} />} />}
      {counted && <Counted counted={counted} />}
      <Field label={t('purpose')}>
        {(id) => (
          <Select
            id={id}
            placeholder={t('purposeUnchosen')}
            value={purpose}
            onChange={setPurpose}
            options={purposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t(purpose === 'other' ? 'textRequired' : 'text')} hint={t('textHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={300}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <p className="quiet">{t('audited')}</p>
    </Modal>
  );
};

const Counted = ({ counted: { rows, mostRows, tooMany, columns } }: { readonly counted: ExportCount }) => {
  const { t } = useTranslation('exports');
  const { text } = useFormats();
  return (
    <>
      <p role="status">
        <strong>{tooMany ? t('tooMany', { n: mostRows }) : t(rows === 0 ? 'none' : 'rows', { n: rows })}</strong>
      </p>
      <p className="quiet">{t('columns', { names: columns.map((column) => text(column)).join(' · ') })}</p>
    </>
  );
};

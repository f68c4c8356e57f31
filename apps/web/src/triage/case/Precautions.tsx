import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { precautionNames } from '#libs/packs/infection-screening';
import { type Precaution, precautions } from '#libs/packs/pack.types';
import { type CaseView } from '../../api/types';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { usePrecaution } from './use-case';

/** Precautions against infection: which hold, by which rule or by whose word, and the way to say otherwise with a reason. */
export const Precautions = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation('case');
  const { text } = useFormats();
  const [asked, setAsked] = useState<Precaution | null>(null);
  const of = (id: Precaution) => view.infection.precautions.find((one) => one.id === id);
  return (
    <section className="card case-part">
      <h2>{t('precautions')}</h2>
      <ul className="precautions">
        {precautions.map((id) => {
          const one = of(id);
          return (
            <li key={id}>
              <span className={one?.holds ? 'flag flag-warn' : 'quiet'}>{text(precautionNames[id])}</span>
              <span className="quiet">
                {one?.override ? t(`override.${one.override}`) : one?.holds ? t('byRules') : t('notHeld')}
              </span>
              {view.endedAt === null && (
                <Button size="small" onClick={() => setAsked(id)}>
                  {t(one?.holds ? 'lift' : 'raise')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {view.infection.notAsked.length > 0 && (
        <p className="quiet">{t('notAsked', { what: view.infection.notAsked.map(text).join('、') })}</p>
      )}
      {asked && (
        <Override caseId={view.caseId} id={asked} holds={of(asked)?.holds !== true} onClose={() => setAsked(null)} />
      )}
    </section>
  );
};

const Override = ({
  caseId,
  id,
  holds,
  onClose,
}: {
  readonly caseId: string;
  readonly id: Precaution;
  readonly holds: boolean;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('case');
  const { text } = useFormats();
  const { send, sending } = usePrecaution(caseId);
  const [words, setWords] = useState('');
  const reason = words.trim();
  return (
    <Modal
      open
      title={`${t(holds ? 'raise' : 'lift')} · ${text(precautionNames[id])}`}
      okText={t(holds ? 'raise' : 'lift')}
      okButtonProps={{ disabled: reason === '', loading: sending }}
      onOk={() => send({ precaution: id, holds, reason }, onClose)}
      onCancel={onClose}
    >
      <Field label={t('reasonNeeded')}>
        {(field) => (
          <Input
            id={field}
            autoFocus
            maxLength={500}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  );
};

import { Button, Drawer } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Shown } from '../../api/types';
import { Reading } from '../../app/Reading';
import { useFormats } from '../../i18n/formats';
import { EventName } from './EventName';
import { LetterReasons } from './LetterReasons';
import { useLetter, type useSettling } from './use-letters';

type Letter = Shown<'/api/interop/messages/{id}'>;

/** One message by which the sender's engineer finds it again: its header, and nothing of its patient. */
export const LetterDrawer = ({
  id,
  onClose,
  settling,
  onDismiss,
}: {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly settling: ReturnType<typeof useSettling>;
  readonly onDismiss: (id: string) => void;
}) => {
  const { t } = useTranslation('ops');
  const query = useLetter(id);
  return (
    <Drawer open={id !== null} onClose={onClose} title={t('letterTitle')} size={560} destroyOnHidden>
      <Reading query={query}>
        {(letter) => (
          <div className="letter">
            <LetterFacts letter={letter} />
            {letter.resolvedAt === null && letter.outcome === 'dead' && (
              <p className="row-actions">
                <Button
                  type="primary"
                  onClick={() => settling.replay(letter.id)}
                  loading={settling.replayingId === letter.id}
                >
                  {t('replay')}
                </Button>
                <Button onClick={() => onDismiss(letter.id)}>{t('dismiss')}</Button>
              </p>
            )}
            <p className="quiet">{t('letterHint')}</p>
          </div>
        )}
      </Reading>
    </Drawer>
  );
};

const LetterFacts = ({ letter }: { readonly letter: Letter }) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  const { header, caseId } = letter;
  return (
    <dl className="facts">
      <Fact name="event">
        <EventName event={letter.event} />
      </Fact>
      <Fact name="reason">
        <LetterReasons stored={letter.reason} />
      </Fact>
      <Fact name="received">{dateTime(letter.receivedAt)}</Fact>
      <Fact name="occurred">{dateTime(letter.occurredAt)}</Fact>
      <Fact name="sent">{dateTime(letter.messageAt)}</Fact>
      <Fact name="answer">{letter.answer}</Fact>
      <Fact name="sender">
        {header === null ? t('headerUnreadable') : `${header.sendingApplication} ${header.sendingFacility}`}
      </Fact>
      <Fact name="type">{header === null ? '—' : `${header.messageType} ${header.version}`}</Fact>
      <Fact name="controlId">{header?.controlId ?? '—'}</Fact>
      <Fact name="account">{letter.serviceAccountId ?? t('accountUnknown')}</Fact>
      <Fact name="charset">{letter.defaultCharset}</Fact>
      <Fact name="bytes">{t('bytesAre', { n: letter.bytes })}</Fact>
      <Fact name="digest">
        <code>{letter.sha256}</code>
      </Fact>
      <Fact name="case">{caseId === null ? '—' : <Link to={`/admin/cases/${caseId}`}>{t('openCase')}</Link>}</Fact>
    </dl>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => {
  const { t } = useTranslation('ops');
  return (
    <div>
      <dt>{t(`letterFacts.${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  );
};

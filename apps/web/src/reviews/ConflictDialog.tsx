import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differing, merged } from './merge';
import { type AnyPanel } from './panel';

interface Props {
  readonly panel: AnyPanel;
  /** Where the other values come from, in words. */
  readonly because: 'other-draft' | 'other-signature' | 'elsewhere' | 'changed';
  readonly mine: object;
  /** Null: there is nothing to compare with, only something changed. */
  readonly theirs: object | null;
  readonly onSettle: (content: object) => void;
}

/** Mine and the server's side by side: keep mine, use theirs, or choose field by field. Nothing is signed by choosing. */
export const ConflictDialog = ({ panel, because, mine, theirs, onSettle }: Props) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const fields = theirs === null ? [] : differing(mine, theirs, panel.fields);
  const other = theirs ?? mine;
  const cellOf = (of: object, field: string) => (
    <panel.Value field={field} value={(of as Readonly<Record<string, unknown>>)[field]} />
  );
  const choose = (field: string, isTheirs: boolean): void =>
    setTaken(isTheirs ? [...taken, field] : taken.filter((one) => one !== field));
  const footer = [
    <Button key="mine" type={fields.length === 0 ? 'primary' : 'default'} onClick={() => onSettle(mine)}>
      {t('keepMine')}
    </Button>,
    ...(fields.length > 0
      ? [
          <Button key="theirs" onClick={() => onSettle(merged(mine, other, fields))}>
            {t('useTheirs')}
          </Button>,
          <Button
            key="merge"
            type="primary"
            disabled={taken.length === 0}
            onClick={() => onSettle(merged(mine, other, taken))}
          >
            {t('mergeChosen')}
          </Button>,
        ]
      : []),
  ];
  return (
    <Modal
      open
      title={t('conflict.title')}
      width={720}
      closable={false}
      keyboard={false}
      maskClosable={false}
      footer={footer}
    >
      <p>{t(`conflict.${because}`)}</p>
      {theirs !== null && fields.length === 0 && <p>{t('conflict.same')}</p>}
      {theirs !== null && (
        <table className="conflict">
          <thead>
            <tr>
              <td />
              <th scope="col">{t('origins.mine')}</th>
              <th scope="col">{t(`conflict.of-${because}`)}</th>
            </tr>
          </thead>
          <tbody>
            {panel.fields.map((field) => {
              const differs = fields.includes(field);
              return (
                <tr key={field} className={differs ? 'differs' : ''}>
                  <th scope="row">
                    {t(panel.nameOf(field))} {differs && <small>{t('differs')}</small>}
                  </th>
                  {([false, true] as const).map((isTheirs) => (
                    <td key={String(isTheirs)}>
                      <label>
                        {differs && (
                          <input
                            type="radio"
                            name={`conflict-${field}`}
                            checked={taken.includes(field) === isTheirs}
                            onChange={() => choose(field, isTheirs)}
                          />
                        )}
                        {cellOf(isTheirs ? other : mine, field)}
                      </label>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p className="quiet">{t('conflict.then')}</p>
    </Modal>
  );
};

import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/formats';
import { levelInfo } from './level';
import './level-badge.css';

const shapes = {
  octagon: '30,2 70,2 98,30 98,70 70,98 30,98 2,70 2,30',
  diamond: '50,2 98,50 50,98 2,50',
  triangle: '50,4 98,94 2,94',
} as const;

interface Badge {
  readonly level: string | null;
  readonly provisional?: boolean;
}

/** A level as numeral, word, colour and shape: never by colour alone. */
export const LevelBadge = memo(({ level, provisional = false }: Badge) => {
  const { t } = useTranslation('triage');
  const { text } = useFormats();
  const info = levelInfo(level);
  if (info === null) return <span className="level level-none">{t('noLevel')}</span>;
  return (
    <span className={`level level-${info.colour}`}>
      <svg viewBox="0 0 100 100" aria-hidden focusable="false">
        {info.shape === 'circle' ? <circle cx="50" cy="50" r="47" /> : <polygon points={shapes[info.shape]} />}
      </svg>
      <b>{info.numeral}</b> {text(info.name)}
      {provisional && <small>{t('provisional')}</small>}
    </span>
  );
});

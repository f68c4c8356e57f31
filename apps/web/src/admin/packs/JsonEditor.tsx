import { useRef, type UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type DraftRead } from './draft';
import { lineOf } from './json-lines';
import { type PackFault } from './pack-faults';

interface JsonEditorProps {
  readonly text: string;
  readonly read: DraftRead;
  readonly faults: readonly PackFault[];
  readonly onChange: (text: string) => void;
}

const mostShown = 50;

/** The whole set as text with numbered lines; what is wrong is listed with its line, and leads there. */
export const JsonEditor = ({ text, read, faults, onChange }: JsonEditorProps) => {
  const { t } = useTranslation('packs');
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const count = text.split('\n').length;
  const scroll = (event: UIEvent<HTMLTextAreaElement>): void => {
    if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
  };
  const goTo = (line: number): void => {
    const { current } = area;
    if (current === null) return;
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    current.focus();
    current.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    current.scrollTop = ((line - 4) / count) * current.scrollHeight;
  };
  const listed = [
    ...(read.brokenAt === null ? [] : [{ line: read.brokenAt, path: '', said: t('broken') }]),
    ...faults.map(({ path, kind }) => ({ line: lineOf(read.lines, path), path, said: t(`faults.${kind}`) })),
  ].toSorted((a, b) => a.line - b.line);
  return (
    <div className="json-parts">
      <div className="json-editor">
        <pre ref={gutter} aria-hidden>
          {Array.from({ length: count }, (_, at) => at + 1).join('\n')}
        </pre>
        <textarea
          ref={area}
          aria-label={t('jsonLabel')}
          aria-invalid={listed.length > 0}
          wrap="off"
          rows={26}
          spellCheck={false}
          value={text}
          onScroll={scroll}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {listed.length > 0 && (
        <ul className="json-faults" aria-label={t('faultList')}>
          {listed.slice(0, mostShown).map(({ line, path, said }) => (
            <li key={`${path} ${said}`}>
              <button type="button" onClick={() => goTo(line)}>
                {t('line', { line })}
              </button>{' '}
              {said} {path !== '' && <code>{path}</code>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

import { Highlighted } from '../Highlighted';
import { isBoth, type Names } from './names';

interface Props {
  readonly names: Names;
  readonly path: readonly string[];
  readonly value: unknown;
  /** Words of the sources that a draft rests on: marked where they stand. */
  readonly quotes?: readonly string[];
}

/** Anything that a process stored, to be read: named parts line by line, lists as lists, evidence with its quote. */
export const DataView = ({ names, path, value, quotes = [] }: Props) => {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null))
    return (
      <ul className="data-list">
        {value.map((item, index) => (
          <li key={index}>
            <DataView names={names} path={path} value={item} quotes={quotes} />
          </li>
        ))}
      </ul>
    );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const words = names.inWords(path, value);
    return typeof value === 'string' ? <Highlighted text={words} quotes={quotes} /> : <>{words}</>;
  }
  if (isBoth(value)) return <Claim names={names} path={path} claim={value} />;
  return (
    <dl className="data-view">
      {Object.entries(value).map(([name, part]) => (
        <div key={name}>
          <dt>{names.title([...path, name])}</dt>
          <dd>
            <DataView names={names} path={[...path, name]} value={part} quotes={quotes} />
          </dd>
        </div>
      ))}
    </dl>
  );
};

/* A statement of a draft with the words of the source it rests on, or that there are none. */
const Claim = ({
  names,
  path,
  claim,
}: {
  readonly names: Names;
  readonly path: readonly string[];
  readonly claim: object;
}) => {
  const { quote, supported } = claim as { readonly quote?: string; readonly supported?: boolean };
  return (
    <>
      {names.inWords(path, claim)}{' '}
      {supported === false ? <b className="unsupported">{names.unsupported}</b> : quote && <q>{quote}</q>}
    </>
  );
};

/** The quotes of a draft that stand in its sources, wherever in it they lie. */
export const quotesIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { quote, supported } = value as { readonly quote?: unknown; readonly supported?: unknown };
  if (typeof quote === 'string') return supported === false ? [] : [quote];
  return Object.values(value).flatMap(quotesIn);
};

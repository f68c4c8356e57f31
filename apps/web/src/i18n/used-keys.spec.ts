import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { passwordRules } from '#libs/auth/password-rules';
import { roles } from '#libs/auth/roles';
import { triageMoves, triageStates } from '#libs/processes/triage/triage.moves';
import { decisionActions, overrideReasons, replayReason } from '#libs/review/gate';
import { reviewStates } from '#libs/review/review';
import { shortcuts } from '../keys/registry';

type Texts = { readonly [key: string]: string | Texts };

const source = join(__dirname, '..');
const repository = join(source, '../../..');

const namespaces = new Map<string, Texts>(
  readdirSync(join(__dirname, 'zh-CN')).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(__dirname, 'zh-CN', file), 'utf8')) as Texts,
  ]),
);

const found = (namespace: string, key: string): string | Texts | undefined =>
  key
    .split('.')
    .reduce<string | Texts | undefined>(
      (texts, part) => (typeof texts === 'object' ? texts[part] : undefined),
      namespaces.get(namespace),
    );

const has = (namespace: string, key: string): boolean =>
  ['', '_one', '_other'].some((plural) => typeof found(namespace, key + plural) === 'string');

/** A use of a text: `reviews:states.*` where the end is known at run time only. */
interface Use {
  readonly where: string;
  readonly namespace: string;
  readonly key: string;
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /(?<!\.spec)\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

/* What stands between the brackets of a call, up to its first comma outside of other brackets. */
const firstArgument = (code: string, from: number): string => {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    const character = code.charAt(at);
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && character === ',')) return code.slice(from, at);
  }
  return code.slice(from);
};

/* The keys that an argument can be: a literal, both sides of a choice, the fixed beginning of a template. */
const keysOf = (argument: string): string[] => {
  const template = /^`([^$`]*)(\$\{)?/.exec(argument);
  if (template) return [template[2] ? `${template[1]}*` : (template[1] ?? '')];
  const sides = argument.includes('?') ? argument.slice(argument.indexOf('?')) : argument;
  return [...sides.matchAll(/'([^']+)'/g)].map(([, key]) => key ?? '');
};

const usesIn = (file: string): Use[] => {
  const code = readFileSync(file, 'utf8');
  const marks = [...code.matchAll(/useTranslation\(\[?'?([\w-]*)|<Translation ns="([\w-]+)"/g)];
  return [...code.matchAll(/(?<![\w.])t\(/g)].flatMap((call) => {
    const before = marks.filter(({ index }) => index < call.index).at(-1);
    const own = before?.[1] || before?.[2] || 'common';
    return keysOf(firstArgument(code, call.index + 2)).map((key) => {
      const [, namespace = own, rest = key] = /^([\w-]+):(.*)$/.exec(key) ?? [];
      return { where: file.slice(source.length + 1), namespace, key: rest };
    });
  });
};

const uses = files.flatMap(usesIn);

const matches = (folders: readonly string[], pattern: RegExp): string[] => [
  ...new Set(
    folders
      .flatMap((folder) =>
        readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /(?<!spec)\.ts$/.test(entry.name))
          .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
      )
      .flatMap((code) => [...code.matchAll(pattern)].map(([, value]) => value ?? '')),
  ),
];

/* What the ledger knows as events of a review stands in its newest constraint. */
const eventKinds = (): string[] => {
  const migrations = readdirSync(join(repository, 'libs/db/migrations')).filter((name) =>
    /^\d{4}-.*(?<!spec)\.ts$/.test(name),
  );
  const lists = migrations
    .toSorted()
    .map((name) => readFileSync(join(repository, 'libs/db/migrations', name), 'utf8'))
    .flatMap((code) => [...code.matchAll(/review_event_kind_check\s+check \(kind in \(([^)]*)\)/g)]);
  return [...(lists.at(-1)?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, kind]) => kind ?? '');
};

const noticeKinds = (): string[] => [
  ...matches(['apps', 'activities'], /raiseNotice\(tx, \{\s*kind: '([\w-]+)'/g),
  ...matches(['apps/api/src/interop'], /tell\(tx, of, \{ kind: '([\w-]+)'/g),
  ...matches(['apps/worker/src/reconciler', 'libs/db/stores'], /kind: '((?:outbox|workflow)-[\w-]+)'/g),
];

const screens = (): string[] => {
  const code = readFileSync(join(source, 'app/screens.ts'), 'utf8');
  const entries = code.split(/^\s+id: '/m).slice(1);
  return entries.flatMap((entry) => (entry.includes('hidden: true') ? [] : [entry.slice(0, entry.indexOf("'"))]));
};

/** Keys whose ends come with data: every value that there is. */
const families: Readonly<Record<string, readonly string[]>> = {
  'person:roles.*': roles,
  'reviews:states.*': reviewStates,
  'reviews:signed.*': decisionActions,
  'reviews:reasons.*': [...overrideReasons, replayReason],
  'reviews:events.*': eventKinds(),
  'reviews:overtakes.*': ['floor-changed', 'entered-by-person'],
  'triage:states.*': triageStates,
  'triage:moves.*': triageMoves,
  'triage:sexes.*': ['female', 'male', 'other', 'unknown'],
  'notices:kinds.*': [...noticeKinds(), 'breach-near', 'breach-critical'],
  'keys:names.*': shortcuts.map(({ id }) => id.replaceAll('.', '-')),
  'keys:scopes.*': [...new Set(shortcuts.map(({ scope }) => scope))],
  'session:first.faults.*': [...passwordRules, 'different'],
  'nav:*': screens(),
};

describe('the texts that the screens ask for', () => {
  it('are many, and found by their namespaces', () => {
    expect(uses.length).toBeGreaterThan(100);
    expect([...new Set(uses.map(({ namespace }) => namespace))].filter((name) => !namespaces.has(name))).toEqual([]);
  });

  it('are there, each by its key', () => {
    const missing = uses.filter(({ namespace, key }) => !key.endsWith('*') && !has(namespace, key));
    expect(missing.map(({ where, namespace, key }) => `${where}: ${namespace}:${key}`)).toEqual([]);
  });

  it('are there for keys with an end of their own', () => {
    const open = uses.filter(({ key }) => key.endsWith('.*'));
    const missing = open.filter(({ namespace, key }) => typeof found(namespace, key.slice(0, -2)) !== 'object');
    expect(open.length).toBeGreaterThan(10);
    expect(missing.map(({ where, namespace, key }) => `${where}: ${namespace}:${key}`)).toEqual([]);
  });

  it.each(Object.entries(families))('are there for every value: %s', (family, values) => {
    const [namespace = '', key = ''] = family.split(':');
    expect(values.length).toBeGreaterThan(1);
    const missing = values.filter((value) => !has(namespace, key.replace('*', value)));
    expect(missing).toEqual([]);
  });
});

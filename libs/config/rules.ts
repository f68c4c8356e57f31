import { relative, isAbsolute } from 'node:path';
import type { Bilingual } from './bilingual';
import { type ConfigError, configError } from './config-error';
import { guardUrl } from '#libs/llm/egress';
import type { Values, VariableName } from './environment-schema';
import { isLoopback, securedBy } from './listen';
import { neededIn, type Part } from './parts';
import { hasWeakPassword } from './weak-password';

/** What could be read; a variable that failed its own rule is absent. */
export type Readable = Partial<Values>;

type Rule = (values: Readable, part: Part) => (ConfigError | false)[];

const unless = (fine: boolean, name: VariableName, rule: Bilingual): ConfigError | false =>
  !fine && configError(name, rule);

const required: Rule = (values, part) =>
  neededIn(part, values.COUNTERSIGN_PROFILE).map((name) =>
    unless(values[name] !== undefined, name, {
      en: `needed ${values.COUNTERSIGN_PROFILE === 'production' ? 'in production' : `by the part "${part}"`}`,
      zh: values.COUNTERSIGN_PROFILE === 'production' ? '生产环境必需' : `“${part}” 部分必需`,
    }),
  );

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
};

const production: Rule = (values, part) => {
  if (values.COUNTERSIGN_PROFILE !== 'production') return [];
  const { COUNTERSIGN_KEK_FILE: kek, COUNTERSIGN_STATE_DIR: folder } = values;
  return [
    unless(part !== 'seed' && part !== 'rehearsal', 'COUNTERSIGN_PROFILE', {
      en: 'the demo hospital and the rehearsal model are for the demo profile only',
      zh: '演示医院和演练模型仅用于 demo',
    }),
    unless((values.COUNTERSIGN_TIME_SCALE ?? 1) === 1, 'COUNTERSIGN_TIME_SCALE', {
      en: 'production allows only 1',
      zh: '生产环境只允许 1',
    }),
    unless(values.REHEARSAL_PORT === undefined, 'REHEARSAL_PORT', { en: 'not in production', zh: '生产环境不可用' }),
    unless(!/rehears/i.test(values.DEEPSEEK_MODEL ?? ''), 'DEEPSEEK_MODEL', {
      en: 'the rehearsal model is not a model: name the real one',
      zh: '演练模型不是真实模型：请填写真实模型名',
    }),
    unless(kek === undefined || folder === undefined || !isInside(kek, folder), 'COUNTERSIGN_KEK_FILE', {
      en: 'a key of your own, outside the state folder (the one in it was made for the demo)',
      zh: '须为自备密钥，且位于状态目录之外（目录内的密钥是为演示生成的）',
    }),
  ];
};

const passwords: Rule = (values) =>
  (['DATABASE_URL', 'DATABASE_MIGRATION_URL'] as const).map((name) => {
    const url = values[name];
    const fine = values.COUNTERSIGN_PROFILE !== 'production' || url === undefined || !hasWeakPassword(url);
    return unless(fine, name, {
      en: 'a password of 12 characters or more that is not a default or the user’s name',
      zh: '密码至少 12 个字符，且不得为默认密码或用户名',
    });
  });

const userOf = (url: string): string => new URL(url).username;

const roles: Rule = ({ DATABASE_URL: app, DATABASE_MIGRATION_URL: owner }) => [
  unless(app === undefined || owner === undefined || userOf(app) !== userOf(owner), 'DATABASE_MIGRATION_URL', {
    en: 'another role than DATABASE_URL: the application’s role owns nothing',
    zh: '须与 DATABASE_URL 使用不同角色：应用角色不拥有任何对象',
  }),
];

const pair = (values: Readable, cert: VariableName, key: VariableName): (ConfigError | false)[] => {
  const missing = values[cert] === undefined ? cert : key;
  const together = (values[cert] === undefined) === (values[key] === undefined);
  return [unless(together, missing, { en: 'certificate and key belong together', zh: '证书与私钥须同时设置' })];
};

const certificates: Rule = (values) => [
  ...pair(values, 'TLS_CERT_FILE', 'TLS_KEY_FILE'),
  ...pair(values, 'TEMPORAL_TLS_CERT_FILE', 'TEMPORAL_TLS_KEY_FILE'),
  ...pair(values, 'MLLP_TLS_CERT_FILE', 'MLLP_TLS_KEY_FILE'),
  unless(!values.MLLP_TLS_CLIENT_CA_FILE || values.MLLP_TLS_CERT_FILE !== undefined, 'MLLP_TLS_CERT_FILE', {
    en: 'client certificates need TLS',
    zh: '客户端证书需要 TLS',
  }),
];

const reach: Rule = (values) => [
  unless(values.API_HOST === undefined || isLoopback(values.API_HOST) || securedBy(values) !== 'neither', 'API_HOST', {
    en: 'the network needs TLS: set TLS_CERT_FILE and TLS_KEY_FILE (countersign tls init makes them) or the proxy’s addresses in TRUSTED_PROXY_CIDRS, or leave this unset to listen on this machine only',
    zh: '监听网络需要 TLS：请设置 TLS_CERT_FILE 与 TLS_KEY_FILE（可用 countersign tls init 生成），或在 TRUSTED_PROXY_CIDRS 中填写代理地址；不设此项则仅监听本机',
  }),
];

const feed: Rule = ({ MLLP_PORT: utf8, MLLP_PORT_GB18030: gb18030, MLLP_TOKEN: token }, part) => [
  unless(
    (utf8 === undefined && gb18030 === undefined) ||
      token !== undefined ||
      !['api', 'start', 'check', 'doctor'].includes(part),
    'MLLP_TOKEN',
    { en: 'needed where an MLLP port is set', zh: '设置 MLLP 端口时必需' },
  ),
  unless(utf8 === undefined || utf8 !== gb18030, 'MLLP_PORT_GB18030', {
    en: 'another port than MLLP_PORT',
    zh: '须与 MLLP_PORT 不同',
  }),
];

const temporalTls: Rule = (values) => [
  unless(
    values.TEMPORAL_TLS !== false || (!values.TEMPORAL_TLS_CERT_FILE && !values.TEMPORAL_API_KEY),
    'TEMPORAL_TLS',
    {
      en: 'a client certificate or an API key needs TLS: leave this unset or on',
      zh: '客户端证书或 API 密钥需要 TLS：请勿设为 off',
    },
  ),
];

const deadlines: Rule = (values) =>
  (['DEEPSEEK_FIRST_TOKEN_MS', 'DEEPSEEK_GAP_MS'] as const).map((name) =>
    unless((values[name] ?? 0) <= (values.DEEPSEEK_TOTAL_MS ?? Infinity), name, {
      en: 'not more than DEEPSEEK_TOTAL_MS',
      zh: '不得大于 DEEPSEEK_TOTAL_MS',
    }),
  );

/** What an address of the model has to be; its name is resolved by `config check` and at every connection. */
export const modelAddressRule: Bilingual = {
  en: 'patient text goes nowhere but to private addresses: use one, or a name that resolves to such only, or list it in DEEPSEEK_ALLOWED_CIDRS or DEEPSEEK_ALLOWED_ORIGINS',
  zh: '患者文本只会发往内网地址：请使用内网地址（或仅解析到内网地址的域名），或将其列入 DEEPSEEK_ALLOWED_CIDRS 或 DEEPSEEK_ALLOWED_ORIGINS',
};

const modelAddress: Rule = (values) => {
  const { DEEPSEEK_BASE_URL: url, DEEPSEEK_ALLOWED_CIDRS: cidrs, DEEPSEEK_ALLOWED_ORIGINS: origins } = values;
  const allowed = { ...(cidrs && { allowedCidrs: cidrs }), ...(origins && { allowedOrigins: origins }) };
  return [unless(url === undefined || guardUrl(url, allowed).ok, 'DEEPSEEK_BASE_URL', modelAddressRule)];
};

/** Every rule over several variables, or over a variable and the profile or part. */
const rules: readonly Rule[] = [
  required,
  production,
  passwords,
  roles,
  certificates,
  reach,
  feed,
  temporalTls,
  deadlines,
  modelAddress,
];

/** All that is wrong between the variables that could be read. */
export const brokenRules = (values: Readable, part: Part): ConfigError[] =>
  rules.flatMap((rule) => rule(values, part)).filter((error) => error !== false);

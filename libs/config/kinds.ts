import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Bilingual } from './bilingual';

/** A kind of value: how its text is read, and the rule that an error repeats (never the value: it may be a secret). */
export interface Kind<T> {
  readonly schema: z.ZodType<T, string>;
  readonly rule: Bilingual;
}

const kind = <T>(schema: z.ZodType<T, string>, en: string, zh: string): Kind<T> => ({ schema, rule: { en, zh } });

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** Any text of one line. */
export const text = (): Kind<string> =>
  kind(
    z
      .string()
      .min(1)
      .regex(/^[^\0\r\n]+$/),
    'one line of text',
    '一行文本',
  );

/** One of a few words. */
export const oneOf = <const T extends string>(...values: [T, ...T[]]): Kind<T> =>
  kind(z.string().pipe(z.enum(values)), `one of: ${values.join(', ')}`, `以下之一：${values.join('、')}`);

/** `on` or `off`. */
export const onOff = (): Kind<boolean> =>
  kind(
    z
      .string()
      .pipe(z.enum(['on', 'off']))
      .transform((value) => value === 'on'),
    'on or off',
    'on 或 off',
  );

const within = (pattern: RegExp, min: number, max: number): z.ZodType<number, string> =>
  z.string().regex(pattern).transform(Number).pipe(z.number().min(min).max(max));

/** A whole number in a range. */
export const integer = (min: number, max: number): Kind<number> =>
  kind(within(/^\d{1,15}$/, min, max), `a whole number from ${min} to ${max}`, `${min} 到 ${max} 的整数`);

/** A number in a range, with a point if need be. */
export const decimal = (min: number, max: number): Kind<number> =>
  kind(within(/^\d{1,9}(?:\.\d{1,9})?$/, min, max), `a number from ${min} to ${max}`, `${min} 到 ${max} 的数`);

/** A TCP port. */
export const port = (): Kind<number> => integer(1, 65_535);

/** A path of this machine, made absolute. */
export const path = (): Kind<string> =>
  kind(
    z
      .string()
      .regex(/^[^\0\r\n]+$/)
      .transform((value) => resolve(value)),
    'a path on this machine',
    '本机路径',
  );

const parsed = (value: string): URL | null => URL.parse(value);

const isModelUrl = (value: string): boolean => {
  const url = parsed(value);
  return (
    url !== null &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.username + url.password + url.search + url.hash === ''
  );
};

/** The address of an OpenAI-compatible endpoint. */
export const modelUrl = (): Kind<string> =>
  kind(
    z.string().refine(isModelUrl),
    'an http or https address with its version path; no credentials, query or fragment',
    '带版本路径的 http 或 https 地址；不含账号、查询串或片段',
  );

const isPostgresUrl = (value: string): boolean => {
  const url = parsed(value);
  return (
    url !== null &&
    ['postgres:', 'postgresql:'].includes(url.protocol) &&
    url.hostname !== '' &&
    url.username !== '' &&
    url.pathname.length > 1
  );
};

/** The address of a PostgreSQL database, with its user. */
export const postgresUrl = (): Kind<string> =>
  kind(
    z.string().refine(isPostgresUrl),
    'postgres://user:password@host:port/database',
    'postgres://用户:密码@主机:端口/数据库',
  );

/** host:port of a server. */
export const hostAndPort = (): Kind<string> =>
  kind(
    z.string().refine((value) => {
      const [, digits] = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})$/.exec(value) ?? [];
      return digits !== undefined && Number(digits) >= 1 && Number(digits) <= 65_535;
    }),
    'host:port',
    '主机:端口',
  );

/** An address to listen on. */
export const host = (): Kind<string> =>
  kind(
    z.string().refine((value) => isIP(value) !== 0 || value === 'localhost'),
    'an IP address of this machine, or localhost',
    '本机 IP 地址或 localhost',
  );

/** Whether text is an address, or a range of them (CIDR) smaller than everything. */
export const isRange = (value: string): boolean => {
  const [, address = '', bits] = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return longest > 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= longest));
};

/** Address ranges; a range of everything (/0) is refused, for then the list would mean nothing. */
export const cidrs = (): Kind<string[]> =>
  kind(
    list.refine((items) => items.length > 0 && items.every(isRange)),
    'address ranges (CIDR), separated by commas; /0 is not allowed',
    '以逗号分隔的网段（CIDR）；不允许 /0',
  );

/** Exact web origins. */
export const origins = (): Kind<string[]> =>
  kind(
    list.refine((items) => items.length > 0 && items.every((item) => parsed(item)?.origin === item)),
    'origins such as https://model.hospital.example, separated by commas, without path',
    '以逗号分隔的源（如 https://model.hospital.example），不带路径',
  );

const isTimeZone = (value: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A name of the IANA time-zone list. */
export const timeZone = (): Kind<string> =>
  kind(
    z
      .string()
      .regex(/^[A-Za-z]/)
      .refine(isTimeZone),
    'a time zone of the IANA list',
    'IANA 时区名称',
  );

/** A variable that is named but does nothing yet: setting it would promise what is not there. */
export const reserved = (): Kind<never> =>
  kind(
    z.string().transform((_value, context) => {
      context.addIssue({ code: 'custom' });
      return z.NEVER;
    }),
    'reserved and without effect yet: leave it unset',
    '预留，尚未生效：请勿设置',
  );

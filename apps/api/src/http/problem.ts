import { errorCodes, type ErrorCode, type ErrorDetail } from '#libs/errors/errors';
import { problemTitle, type Language } from './problem-titles';

/** RFC 9457 problem details; `code` is the identity, the rest of the detail lies beside it. */
export type Problem = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly requestId: string;
};

/** The problem of a code. The detail must not hold patient data. */
export const problemOf = (
  code: ErrorCode,
  detail: ErrorDetail,
  { requestId, language }: { requestId: string; language: Language },
): Problem => ({
  ...detail,
  type: `urn:countersign:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: problemTitle(code, language),
  status: errorCodes[code].status,
  code,
  requestId,
});

/** English only where the caller prefers it to Chinese. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  const preferred = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(/\s*;\s*q=/);
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) || 0 };
    })
    .filter(({ tag, q }) => q > 0 && /^(zh|en)\b/.test(tag))
    .toSorted((a, b) => b.q - a.q)[0];
  return preferred?.tag.startsWith('en') ? 'en' : 'zh';
};

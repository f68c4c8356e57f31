import type { AnyConfig } from './config';

const maskedUrl = (text: string | undefined): string | undefined => {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null) return undefined;
  // The query may hold secrets too (password, sslpassword): only that there is one is said.
  return `${url.protocol}//${url.username}:***@${url.host}${url.pathname}${url.search ? '?…' : ''}`;
};

const masked = (secret: string | undefined): string | undefined => (secret === undefined ? undefined : '(set)');

/** The configuration as `config print`, logs and support may show it: no password, no key. */
export const printableConfig = ({ database, temporal, model, feed, ...rest }: AnyConfig): Record<string, unknown> => ({
  ...rest,
  database: { ...database, url: maskedUrl(database.url), migrationUrl: maskedUrl(database.migrationUrl) },
  temporal: { ...temporal, apiKey: masked(temporal.apiKey) },
  model: { ...model, apiKey: masked(model.apiKey) },
  ...(feed && { feed: { ...feed, token: masked(feed.token) } }),
});

import { createHash } from 'node:crypto';
import { securedTables, securitySql } from './row-security';

describe('row security', () => {
  it('is as migration 0004 made it in every ledger', () => {
    // Another digest means that ledgers which have that migration lack the change: make a new migration that calls
    // securitySql for the tables concerned, and only then write the new digest here.
    const sql = securitySql(Object.keys(securedTables));
    expect(createHash('sha256').update(sql).digest('hex')).toBe(
      '94dee0e84c4c956328cdf70a3c34f5472345bc970b45d7419f81f40db55596e3',
    );
  });

  it('is not made for a table of which nothing is said', () => {
    expect(() => securitySql(['bed'])).toThrow('nothing is said about who reaches bed');
  });
});

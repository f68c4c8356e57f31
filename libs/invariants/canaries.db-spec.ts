import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DecidedLedger, startDecidedLedger } from '../../test/support/decided-ledger';
import { canaryLeaks } from './canaries';

describe('patient data', () => {
  let at: DecidedLedger;
  beforeAll(async () => {
    at = await startDecidedLedger();
  }, 60_000);
  afterAll(() => at.stop());

  describe('I6', () => {
    const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
    const places = (...files: string[]) => ({
      databaseUrls: [at.adminUrl],
      files,
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('holds for what patients said and are called', async () => {
      expect(await canaryLeaks(places(), ['李明', '胸痛两小时伴出汗'])).toEqual([]);
    });

    it.each([
      ['a text', 'ward', 'name', `'金丝雀王小明'`],
      ['a list', 'audit', 'actor_roles', `array['nurse', '金丝雀王小明']`],
      ['JSON', 'audit', 'detail', `'{"a": {"b": "金丝雀王小明"}}'`],
      ['bytes', 'fact', 'content_ct', `convert_to('x金丝雀王小明y', 'UTF8')`],
      [
        'base64 in JSON',
        'audit',
        'detail',
        `jsonb_build_object('p', encode(convert_to('{"a":"金丝雀王小明"}', 'UTF8'), 'base64'))`,
      ],
      ['escapes in a text', 'outbox', 'dead_reason', `'"\\u91d1\\u4e1d\\u96c0\\u738b\\u5c0f\\u660e"'`],
    ])('finds a canary in %s', async (...[, table, column, value]) => {
      const [row] = await at.query<{ id: string; old: unknown }>(`select id, ${column} old from ${table} limit 1`);
      const set = async (to: string, values: unknown[]) => {
        await at.query('set session_replication_role = replica');
        await at.query(`update ${table} set ${column} = ${to} where id = $1`, [row!.id, ...values]);
        await at.query('set session_replication_role = origin');
      };
      await set(value, []);
      const found = await canaryLeaks(places(), ['金丝雀王小明', '另一只鸟']);
      await set('$2', [column === 'detail' ? JSON.stringify(row!.old) : row!.old]);
      const where = `column countersign.public.${table}.${column}`;
      expect(found).toEqual([{ invariant: 'I6', what: expect.any(String), where }]);
      expect(JSON.stringify(found)).not.toContain('金丝雀');
    });

    it('finds a canary in a file, across the border of two reads too', async () => {
      const [clean, dirty, split] = ['clean', 'dirty', 'split'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      writeFileSync(clean, 'nothing');
      writeFileSync(dirty, '{"msg":"金丝雀王小明"}');
      writeFileSync(split, Buffer.concat([Buffer.alloc((1 << 20) - 4, 32), Buffer.from('金丝雀王小明')]));
      const found = await canaryLeaks(places(clean, dirty, split), ['金丝雀王小明']);
      expect(found.map(({ where }) => where)).toEqual([`file ${dirty}`, `file ${split}`]);
    });

    it('does not pass where it may not look', async () => {
      const bare = await at.ledger.postgres.database('bare');
      await expect(canaryLeaks({ databaseUrls: [bare.url], files: [] }, ['金丝雀'])).rejects.toThrow('sees no table');
    });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { messageHash, messageKey } from '#libs/interop/hl7v2/message-identity';
import { type ParsedMessage, segmentsOf } from '#libs/interop/hl7v2/message';
import { parseHl7 } from '#libs/interop/hl7v2/parse';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { type FeedSite, openFeedSite } from '../../../../test/support/feed-site';
import {
  hasSharedData,
  sayWithoutSharedData,
  type SharedMessage,
  sharedMessages,
  withControlId,
} from '../../../../test/support/shared-hl7';

sayWithoutSharedData('real HL7 v2 messages over MLLP');

/** What becomes of a real message; without any text of it. */
interface Expected {
  readonly file: string;
  readonly index: number;
  readonly event: string;
  readonly outcome: string;
  readonly reason: string;
}

const table = parse<Expected>(readFileSync(join(__dirname, 'shared-messages.outcomes.csv')), {
  columns: true,
  cast: (value, { column, header }) => (column === 'index' && !header ? Number(value) : value),
});
const nameOf = ({ file, index }: { file: string; index: number }): string => `${file} ${index}`;
const expected = new Map(table.map((row) => [nameOf(row), row]));

const messageOf = (bytes: Buffer): ParsedMessage => {
  const result = parseHl7(bytes);
  if (!result.ok) throw new Error(result.reason);
  return result.message;
};

/** Where the messages say that patients are: their wards are there. */
const placesIn = (messages: readonly SharedMessage[]): string[] => {
  const places = messages.flatMap(({ bytes }) =>
    segmentsOf(messageOf(bytes), 'PV1').map((pv1) => pv1.getField(3).getComponent(1)),
  );
  return [...new Set(places.filter((place) => place !== ''))];
};

/** An order of its own for each seed; always the same for one. */
const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

(hasSharedData ? describe : describe.skip)('real HL7 v2 messages over MLLP', () => {
  let postgres: TestPostgres;
  let messages: readonly SharedMessage[];
  let places: readonly string[];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    messages = sharedMessages();
    places = placesIn(messages);
  });

  afterAll(() => postgres?.stop());

  let sites = 0;
  const atASite = async (work: (site: FeedSite) => Promise<void>): Promise<void> => {
    sites += 1;
    const site = await openFeedSite(await postgres.database(`site${sites}`), places);
    try {
      await work(site);
    } finally {
      await site.close();
    }
  };

  it('are 125, each with its line in the table', () => {
    expect(messages).toHaveLength(125);
    expect(messages.map(nameOf).toSorted()).toEqual([...expected.keys()].toSorted());
    expect(table.map(({ outcome }) => outcome).filter((one) => !['applied', 'ignored', 'dead'].includes(one))).toEqual(
      [],
    );
  });

  it.each([0, 1, 2])('end as the table says, each once, in order %i and with duplicates', async (seed) => {
    const own = messages.map((message, at) => ({ ...message, bytes: withControlId(message.bytes, `R${at}`) }));
    const order = seed === 0 ? own.flatMap((one) => [one, one]) : shuffled([...own, ...own, ...own], seed);
    await atASite(async (site) => {
      for (const { bytes } of order) expect(await site.send(bytes)).toMatch(/^A[AE]$/);
      const stored = await site.stored();
      const found = own.map((message) => {
        const rows = stored.filter(({ sha256 }) => sha256 === messageHash(message.bytes));
        const { event, outcome, reason } = rows[0] ?? { event: 'lost', outcome: 'lost', reason: null };
        expect([nameOf(message), rows.length]).toEqual([nameOf(message), 1]);
        return { file: message.file, index: message.index, event: event ?? '', outcome, reason: reason ?? '' };
      });
      expect(found).toEqual(own.map((message) => expected.get(nameOf(message))));
      expect(stored).toHaveLength(own.length);
    });
  });

  it('keep their control ids: another body under a known one is AE 205 and a dead letter', async () => {
    await atASite(async (site) => {
      const taken = new Map<string, string>();
      let reused = 0;
      for (const message of messages) {
        const [key, sha256] = [messageKey(messageOf(message.bytes).header), messageHash(message.bytes)];
        const before = taken.get(key);
        const answer = await site.send(message.bytes);
        const stored = (await site.stored()).filter((row) => row.sha256 === sha256).at(-1);
        if (before !== undefined && before !== sha256) {
          reused += 1;
          expect([answer, stored?.outcome, stored?.reason]).toEqual(['AE', 'dead', '205 control-id-reused MSH-10']);
        } else {
          expect([nameOf(message), stored?.outcome]).toEqual([nameOf(message), expected.get(nameOf(message))!.outcome]);
          if (stored?.outcome !== 'dead') taken.set(key, sha256);
        }
      }
      expect(reused).toBeGreaterThan(0);
    });
  });
});

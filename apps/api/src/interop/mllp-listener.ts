import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Charset } from '#libs/interop/hl7v2/charset';
import { isRefusal } from '#libs/review/refusal';
import { type MllpConfig } from '../api-config';
import { identifyMachine } from '../auth/identify';
import { databaseFault } from '../http/database-fault';
import { MLLP } from '../tokens';
import { type IntakeParts, takeIn } from './intake';
import { type TakeMessage } from './mllp-conversation';
import { type MllpMetrics } from './mllp-metrics';
import { listenForMllp, type MllpServer } from './mllp-server';
import { maxMessageBytes } from './receive';

/** What a sender may do on a port; a test hands in others. */
export const mllpLimits = {
  maxBytes: maxMessageBytes,
  frameMs: 30_000,
  idleMs: 15 * 60_000,
  connections: 64,
} as const;

/** What the MLLP ports are made of; no port without `mllp`. */
export interface MllpParts {
  readonly mllp: MllpConfig | undefined;
  readonly source: DataSource;
  readonly intake: IntakeParts;
  readonly metrics: MllpMetrics;
}

/** HL7 v2 over MLLP, on the same intake as over HTTP; nothing without configured ports. */
@Injectable()
export class MllpListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private servers: readonly (MllpServer & { readonly charset: Charset })[] = [];

  constructor(@Inject(MLLP) private readonly parts: MllpParts) {}

  async onApplicationBootstrap(): Promise<void> {
    const { mllp } = this.parts;
    if (mllp) for (const charset of ['utf-8', 'gb18030'] as const) await this.listen(mllp, charset);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  /** The port on which messages of this character set are heard. */
  portOf(charset: Charset): number | undefined {
    return this.servers.find((server) => server.charset === charset)?.port;
  }

  private async listen({ ports, token, limits, ...guard }: MllpConfig, charset: Charset): Promise<void> {
    const port = ports[charset];
    if (port === undefined) return;
    const { intake, metrics } = this.parts;
    const { log } = intake;
    const server = await listenForMllp({
      ...guard,
      port,
      limits: { ...mllpLimits, ...limits },
      take: taking(this.parts, { token, charset }),
      begun: metrics.begun,
      ended: (ending, from) => {
        metrics.ended(ending);
        log[calm.has(ending) ? 'info' : 'warn']({ ending, from, charset }, 'mllp connection');
      },
      rejected: (ending, from) => {
        metrics.rejected(ending);
        log.warn({ ending, from, charset }, 'mllp connection');
      },
    });
    this.servers = [...this.servers, { ...server, charset }];
    log.info({ host: guard.host, port: server.port, charset, tls: guard.tls !== undefined }, 'mllp listens');
  }
}

/** Endings of which nobody needs to be warned. */
const calm: ReadonlySet<string> = new Set(['closed', 'idle', 'stopped']);

/** Takes messages on behalf of the account of the token, which is looked at for each: it may be revoked. */
const taking =
  ({ source, intake, metrics }: MllpParts, { token, charset }: { token: string; charset: Charset }): TakeMessage =>
  async (bytes) => {
    try {
      const principal = await identifyMachine(source, token, uuidv7());
      if (!isRefusal(principal) && principal.scopes.includes('hl7v2:write')) {
        const { outcome, ack } = await takeIn(intake, principal, { bytes, defaultCharset: charset });
        metrics.taken(outcome, charset);
        return ack.bytes;
      }
      intake.log.error('MLLP_TOKEN is of no account that may write hl7v2: the message is not taken');
    } catch (thrown) {
      const { code } = databaseFault(thrown);
      intake.log.error(
        { cause: code, name: thrown instanceof Error ? thrown.name : typeof thrown },
        'message not taken',
      );
    }
    metrics.taken('not-taken', charset);
    return null;
  };

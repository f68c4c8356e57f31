import { Controller, Get, Inject, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { type Response } from 'express';
import { z } from 'zod';
import { Answers } from '../http/documented';
import { READINESS } from '../tokens';
import { databaseReady, type ReadinessParts, temporalStanding } from './readiness';

const upSchema = z.strictObject({ status: z.literal('up') });
const standing = z.looseObject({ status: z.enum(['up', 'down']) });
const readinessSchema = z.strictObject({
  status: z.enum(['ok', 'error', 'shutting_down']),
  info: z.record(z.string(), standing).optional(),
  error: z.record(z.string(), standing).optional(),
  details: z.record(z.string(), standing),
});
type Readiness = z.infer<typeof readinessSchema>;

/** Whether the process is up, and whether it can serve. */
@ApiTags('health')
@Controller('healthz')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(READINESS) private readonly parts: ReadinessParts,
  ) {}

  @Get()
  @Answers(200, upSchema)
  up(): z.infer<typeof upSchema> {
    return { status: 'up' };
  }

  @Get('readiness')
  @Answers(200, readinessSchema, { description: '503 with the same body while it cannot serve or is being stopped' })
  async readiness(@Res() response: Response): Promise<void> {
    const { status, body } = await this.check();
    response.status(status).json(body);
  }

  private async check(): Promise<{ status: number; body: Readiness }> {
    if (this.parts.draining.begun()) return { status: 503, body: { status: 'shutting_down', details: {} } };
    try {
      const database = () => databaseReady(this.indicators, this.parts.source);
      const temporal = () => temporalStanding(this.indicators, this.parts.source);
      return { status: 200, body: (await this.health.check([database, temporal])) as Readiness };
    } catch (thrown) {
      if (!(thrown instanceof ServiceUnavailableException)) throw thrown;
      return { status: 503, body: thrown.getResponse() as Readiness };
    }
  }
}

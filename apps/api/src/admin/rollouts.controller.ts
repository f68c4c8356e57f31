import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ManualSwitch } from '#libs/db/stores/manual-switch.store';
import { type ProcessName } from '#libs/processes/index';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce, Versioned, versionOf } from '../http/ask';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER } from '../tokens';
import { type Agreement, showAgreement } from './agreement';
import { type AgreementQuery, agreementQuery, agreementSchema } from './agreement.schema';
import { endManualSwitch, type RolloutView, setManualSwitch, setRollout, showRollout } from './rollouts';
import {
  manualSwitchSchema,
  processName,
  rolloutSchema,
  type SetRolloutBody,
  setRolloutSchema,
  type SetSwitchBody,
  setSwitchSchema,
} from './rollouts.schema';

/** How far each process uses the model, how well it agrees with people, and the switch that turns it off for some hours. */
@ApiTags('admin')
@Controller('api/admin')
export class RolloutsController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Get('rollouts/:process')
  @Answers(200, rolloutSchema)
  show(@Asked() ask: Ask, @Param('process', { schema: processName }) process: ProcessName): Promise<RolloutView> {
    return this.answer(ask, showRollout(process));
  }

  @Put('rollouts/:process')
  @Versioned()
  @Answers(200, rolloutSchema, { codes: ['VERSION_MISMATCH', 'VERSION_REQUIRED'] })
  async set(
    @Asked() ask: Ask,
    @Param('process', { schema: processName }) process: ProcessName,
    @Body({ schema: setRolloutSchema }) body: SetRolloutBody,
  ): Promise<RolloutView> {
    return this.answer(ask, setRollout(process, { ...body, version: versionOf(ask) }));
  }

  @Get('agreement/:process')
  @Answers(200, agreementSchema)
  agreement(
    @Asked() ask: Ask,
    @Param('process', { schema: processName }) process: ProcessName,
    @Query({ schema: agreementQuery }) query: AgreementQuery,
  ): Promise<Agreement> {
    return this.answer(ask, showAgreement(process, query));
  }

  @Post('manual-switches')
  @Answers(201, manualSwitchSchema)
  turnOff(@AskedOnce() ask: Ask, @Body({ schema: setSwitchSchema }) body: SetSwitchBody): Promise<ManualSwitch> {
    return this.answer(ask, setManualSwitch(body));
  }

  @Delete('manual-switches/:id')
  @HttpCode(204)
  @Answers(204, null, { codes: ['NOT_FOUND'] })
  async turnBack(@Asked() ask: Ask, @Id() id: string): Promise<void> {
    await this.answer(ask, endManualSwitch(id));
  }
}

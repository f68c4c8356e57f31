import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { record } from '#libs/db/stores/record.store';
import { endSession } from '#libs/db/stores/session.store';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { ANSWER, SIGN_IN } from '../tokens';
import {
  type ChangePasswordBody,
  changePasswordSchema,
  type LoginBody,
  loginSchema,
  type SessionView,
  sessionViewSchema,
  unlockSchema,
} from './auth.schema';
import { callerOf, personOf } from './caller';
import { changePassword } from './change-password';
import { sessionTokenOf } from './identify';
import { clearSessionCookie, setSessionCookie } from './session-cookie';
import { type Opened, signIn, type SignInParts, unlock, viewOf } from './sign-in';

/** Signing in and out with a local account. */
@ApiTags('auth')
@Controller('api/auth')
export class AuthController {
  constructor(
    @Inject(SIGN_IN) private readonly parts: SignInParts,
    @Inject(ANSWER) private readonly answer: Answer,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Answers(200, sessionViewSchema, { codes: ['UNAUTHENTICATED', 'PASSWORD_EXPIRED', 'RATE_LIMITED'] })
  async login(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: loginSchema }) body: LoginBody,
  ): Promise<SessionView> {
    return handOver(response, await signIn(this.parts, request, body));
  }

  @Post('unlock')
  @HttpCode(200)
  @Answers(200, sessionViewSchema, { codes: ['SESSION_LOCKED', 'PASSWORD_EXPIRED', 'RATE_LIMITED'] })
  async unlock(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: unlockSchema }) body: { password: string },
  ): Promise<SessionView> {
    return handOver(response, await unlock(this.parts, request, body.password));
  }

  @Post('logout')
  @HttpCode(204)
  @Answers(204, null)
  async logout(@Asked() ask: Ask): Promise<void> {
    const { sessionId } = personOf(ask.principal);
    await this.answer(ask, async (tx) => {
      await endSession(tx, { id: sessionId });
      await record(tx, { audit: { action: 'auth.logout', entityType: 'session', entityId: sessionId } });
    });
    clearSessionCookie(ask.response);
  }

  @Get('session')
  @Answers(200, sessionViewSchema)
  session(@Req() request: Request, @Asked() ask: Ask): Promise<SessionView> {
    const { session } = callerOf(request);
    const principal = personOf(ask.principal);
    const token = sessionTokenOf(request) ?? '';
    const { idleMs } = this.parts.sessions;
    const { expiresAt, locked } = session ?? { expiresAt: new Date(0), locked: true };
    return this.answer(ask, (tx) => viewOf(tx, { principal, token, expiresAt, idleMs, locked }));
  }

  @Post('password')
  @HttpCode(204)
  @Answers(204, null, { codes: ['STEP_UP_REQUIRED', 'PASSWORD_EXPIRED', 'RATE_LIMITED'] })
  async password(@Asked() ask: Ask, @Body({ schema: changePasswordSchema }) body: ChangePasswordBody): Promise<void> {
    await this.answer(ask, await changePassword(this.parts.passwords, personOf(ask.principal), body));
  }
}

const handOver = (response: Response, { secrets, view }: Opened): SessionView => {
  setSessionCookie(response, secrets.token);
  return view;
};

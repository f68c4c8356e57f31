import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { KiosksController } from './admin/kiosks.controller';
import { OversightController } from './admin/oversight.controller';
import { ExportsController } from './admin/exports.controller';
import { RecordsController } from './admin/records.controller';
import { RolloutsController } from './admin/rollouts.controller';
import { RulePacksController } from './admin/rule-packs.controller';
import { ServiceAccountsController } from './admin/service-accounts.controller';
import { UsersController } from './admin/users.controller';
import { AccessGuard } from './auth/access.guard';
import { AuthController } from './auth/auth.controller';
import { EventsController } from './events/events.controller';
import { HandoversController } from './handovers/handovers.controller';
import { HealthController } from './health/health.controller';
import { ProblemFilter } from './http/problem.filter';
import { validationPipe } from './http/validation';
import { Hl7v2Controller } from './interop/hl7v2.controller';
import { MessagesController } from './interop/messages.controller';
import { MllpListener } from './interop/mllp-listener';
import { KioskController } from './kiosk/kiosk.controller';
import { PreferencesController } from './me/preferences.controller';
import { QualityController } from './me/quality.controller';
import { SavedFiltersController } from './me/saved-filters.controller';
import { type ApiParts, providersOf } from './parts';
import { GatesController } from './reviews/gates.controller';
import { ReviewsController } from './reviews/reviews.controller';
import { CLOSE } from './tokens';
import { PreNoticesController } from './triage/pre-notices.controller';
import { TriageController } from './triage/triage.controller';
import { WorklistController } from './triage/worklist.controller';

/** The controllers of the product, one line each. */
export const controllers: readonly Type[] = [
  HealthController,
  AuthController,
  EventsController,
  KioskController,
  UsersController,
  ServiceAccountsController,
  KiosksController,
  RolloutsController,
  RulePacksController,
  RecordsController,
  OversightController,
  ExportsController,
  ReviewsController,
  GatesController,
  HandoversController,
  PreferencesController,
  SavedFiltersController,
  QualityController,
  TriageController,
  PreNoticesController,
  WorklistController,
  Hl7v2Controller,
  MessagesController,
];

/** The shared parts, injectable everywhere by their tokens. */
@Global()
@Module({})
class PartsModule implements OnApplicationShutdown {
  constructor(@Inject(CLOSE) private readonly close: () => Promise<void>) {}

  static with(parts: ApiParts): DynamicModule {
    const providers = providersOf(parts);
    return { module: PartsModule, providers, exports: providers };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

/** The API: who asks is checked, input is validated, errors become problems, for every route alike. */
@Module({})
export class AppModule {
  static with(parts: ApiParts, additional: readonly Type[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [PartsModule.with(parts), TerminusModule.forRoot({ logger: false })],
      controllers: [...controllers, ...additional],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useValue: validationPipe() },
        { provide: APP_FILTER, useClass: ProblemFilter },
        MllpListener,
      ],
    };
  }
}

import { type DynamicModule, Module } from '@nestjs/common';
import { type EngineParts } from './engine/engine';
import { EngineRoom } from './engine/engine-room';
import { ENGINE_PARTS, ON_DEATH } from './tokens';

/** The worker as an application context: one engine room over given parts. */
@Module({})
export class WorkerModule {
  static with(parts: EngineParts, onDeath: () => void): DynamicModule {
    return {
      module: WorkerModule,
      providers: [{ provide: ENGINE_PARTS, useValue: parts }, { provide: ON_DEATH, useValue: onDeath }, EngineRoom],
    };
  }
}

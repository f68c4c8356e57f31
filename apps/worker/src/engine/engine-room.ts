import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { faultOf } from '../fault';
import { type HealthServer, serveHealth } from '../health/health-server';
import { ENGINE_PARTS, ON_DEATH } from '../tokens';
import { type EngineParts, runEngine } from './engine';

/** Holds the engine in the application: starts it, serves its health before anything else is there, stops it in order. */
@Injectable()
export class EngineRoom implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private health: HealthServer | null = null;

  constructor(
    @Inject(ENGINE_PARTS) private readonly parts: EngineParts,
    @Inject(ON_DEATH) private readonly onDeath: () => void,
  ) {}

  /** The port health is served on; null when none was asked for. */
  get healthPort(): number | null {
    return this.health?.port ?? null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { config, metrics, standing } = this.parts;
    if (config.healthPort !== undefined)
      this.health = await serveHealth(config.healthPort, { standing, registry: metrics.registry });
    this.running = runEngine(this.parts, this.stopping.signal).catch((thrown: unknown) => {
      this.parts.log.error(faultOf(thrown), 'the engine room ended by itself');
      this.onDeath();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.health?.close();
  }
}

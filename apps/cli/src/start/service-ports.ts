import type { PortWish } from '#libs/embedded/ports';
import { type PortVariable, type ProgramName, services } from './programs';
import { environmentOf, found, type Site } from './site';

/** Each port's name in the port book, and where people look for it first. */
const wishes: Readonly<Record<PortVariable, PortWish>> = {
  API_PORT: { part: 'api', preferred: 3000 },
  METRICS_PORT: { part: 'metrics' },
  WORKER_HEALTH_PORT: { part: 'worker' },
  REHEARSAL_PORT: { part: 'rehearsal' },
};

/** Chooses the ports of these services: an asked one or an error, else the last one, else a free one. */
export const choosePorts = async (site: Site, names: readonly ProgramName[]): Promise<void> => {
  for (const variable of names.flatMap(variablesOf)) await choose(site, variable);
};

/** Other ports for a service that found one of its own taken; false when a person asked for all of them. */
export const chooseOtherPorts = async (site: Site, name: ProgramName): Promise<boolean> => {
  const ours = variablesOf(name).filter((variable) => asked(site, variable) === undefined);
  for (const variable of ours) {
    site.state.ports.forget(wishes[variable].part);
    await choose(site, variable);
  }
  return ours.length > 0;
};

/** The port that a service was given. */
export const portOf = (site: Site, variable: PortVariable): number => Number(environmentOf(site)[variable]);

const variablesOf = (name: ProgramName): readonly PortVariable[] => [
  services[name].portVariable,
  ...(services[name].otherPorts ?? []),
];

const choose = async (site: Site, variable: PortVariable): Promise<void> => {
  const wish = wishes[variable];
  const wanted = asked(site, variable);
  const port = await site.state.ports.choose(wanted === undefined ? wish : { ...wish, asked: wanted });
  if (wish.preferred !== undefined && port !== wish.preferred) site.say(`  port of ${wish.part}: ${port}`);
  found(site, { [variable]: String(port) });
};

const asked = ({ options }: Site, variable: PortVariable): number | undefined => {
  const text = variable === 'API_PORT' && options.port !== undefined ? String(options.port) : options.env[variable];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
};

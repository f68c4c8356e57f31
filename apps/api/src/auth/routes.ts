import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Policy } from './policy';

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every route an initialised application serves, as the policy names them. */
export const servedRoutes = (app: NestExpressApplication): string[] => {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } };
  return router.stack
    .flatMap(({ route }) => (route ? [route] : []))
    .flatMap(({ path, methods }) =>
      Object.keys(methods)
        .filter((method) => method !== 'head')
        .map((method) => `${method.toUpperCase()} ${String(path)}`),
    );
};

/** What is wrong between policy and routes: served without a declaration, or declared without being served. */
export const policyFaults = (served: readonly string[], policy: Policy): string[] => [
  ...served.filter((route) => !Object.hasOwn(policy, route)).map((route) => `${route} is served but not declared`),
  ...Object.keys(policy)
    .filter((route) => !served.includes(route))
    .map((route) => `${route} is declared but not served`),
];

/** Ends the boot when policy and routes differ. */
export const assertPolicy = (app: NestExpressApplication, policy: Policy): void => {
  const faults = policyFaults(servedRoutes(app), policy);
  if (faults.length > 0) throw new Error(`the policy does not fit the routes: ${faults.join('; ')}`);
};

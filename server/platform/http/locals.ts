import type { Actor, Pass } from '../../contracts/actor.ts';
import type { Site } from '../../../client/layouts/site-context.ts';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Express is extended by its own global namespace.
  namespace Express {
    interface Locals {
      requestId: string;
      /** Who is signed in; `visitor` when nobody is. */
      actor: Actor;
      passes: readonly Pass[];
      /** What every page of this response shows around its content. */
      site: Site;
    }
  }
}
export {};

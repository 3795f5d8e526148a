import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** What a changed event will tell, and when: send now or undo. */
export function consoleUpdateRoutes(_deps: Deps): Router {
  return Router();
}

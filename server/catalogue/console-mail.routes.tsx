import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** Every mail of an event, its state and its reason. */
export function consoleMailRoutes(_deps: Deps): Router {
  return Router();
}

import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** Messages to people who have a place, and reminders. */
export function consoleMessageRoutes(_deps: Deps): Router {
  return Router();
}

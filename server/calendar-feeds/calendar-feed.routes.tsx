import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** Calendars to subscribe to. */
export function calendarFeedRoutes(_deps: Deps): Router {
  return Router();
}

import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** The way out of marketing mail (RFC 8058). */
export function unsubscribeRoutes(_deps: Deps): Router {
  return Router();
}

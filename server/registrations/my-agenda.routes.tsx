import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** The sessions that a holder of a place chose. */
export function myAgendaRoutes(_deps: Deps): Router {
  return Router();
}

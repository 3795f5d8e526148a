import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** Mail that a server hands over by HTTP. */
export function inboundMailWebhooks(_deps: Deps): Router {
  return Router();
}

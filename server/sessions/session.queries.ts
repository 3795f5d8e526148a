import { notFound } from '../contracts/problem.ts';
import { SessionModel, type Session } from './session.model.ts';

/** The agenda in order of start, cancelled sessions included. */
export async function listSessionsOfEvent(eventId: string): Promise<Session[]> {
  return SessionModel.find({ eventId }).sort({ startsAt: 1, _id: 1 }).lean();
}

export async function getSessionOfEvent(eventId: string, sessionId: string): Promise<Session> {
  const session = await SessionModel.findOne({ _id: sessionId, eventId }).lean();
  if (!session) throw notFound('that session');
  return session;
}

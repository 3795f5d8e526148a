import compression from 'compression';
import express, { type Express } from 'express';
import { attendanceRoutes } from './attendance/attendance.routes.tsx';
import { catalogueRoutes } from './catalogue/catalogue.routes.tsx';
import { captionApi } from './captions/caption.api.ts';
import { captionerRoutes } from './captions/captioner.routes.tsx';
import { consoleAttendanceRoutes } from './catalogue/console-attendance.routes.tsx';
import { consoleLiveExportRoutes } from './catalogue/console-live-exports.routes.tsx';
import { consoleEventFormRoutes } from './catalogue/console-event-form.routes.tsx';
import { consoleEventRoutes } from './catalogue/console-events.routes.tsx';
import { consoleRegistrationRoutes } from './catalogue/console-registrations.routes.tsx';
import { consoleReplayRoutes } from './catalogue/console-replay.routes.tsx';
import { consoleRecordingsRoutes } from './catalogue/console-recordings.routes.tsx';
import { consoleReplaysRoutes } from './catalogue/console-replays.routes.tsx';
import { consoleResourceRoutes } from './catalogue/console-resources.routes.tsx';
import { consoleSessionRoutes } from './catalogue/console-sessions.routes.tsx';
import { consoleStreamRoutes } from './catalogue/console-streams.routes.tsx';
import { consoleStudioRoutes } from './catalogue/console-studio.routes.tsx';
import { consoleSpeakerRoutes } from './catalogue/console-speakers.routes.tsx';
import { feedRoutes } from './catalogue/feeds.routes.tsx';
import { consoleMailRoutes } from './catalogue/console-mail.routes.tsx';
import { consoleMessageRoutes } from './catalogue/console-messages.routes.tsx';
import { consoleUpdateRoutes } from './catalogue/console-updates.routes.tsx';
import { calendarFeedRoutes } from './calendar-feeds/calendar-feed.routes.tsx';
import { inboundMailWebhooks } from './inbound-mail/inbound-mail.webhooks.ts';
import { myAgendaRoutes } from './registrations/my-agenda.routes.tsx';
import { unsubscribeRoutes } from './suppressions/unsubscribe.routes.tsx';
import type { Deps } from './deps.ts';
import { documentRoutes } from './documents/document.routes.tsx';
import { feedbackRoutes } from './feedback/feedback.routes.tsx';
import { mailboxRoutes } from './mailbox/mailbox.routes.tsx';
import { measureRequests } from './platform/http/measure-requests.ts';
import { answerNotFound, answerProblems } from './platform/http/problem-adapters.tsx';
import { liveApi } from './live/live.api.ts';
import { liveRoutes } from './live/live.routes.tsx';
import { backstageRoutes } from './live/backstage.routes.tsx';
import { rehearsalRoutes } from './live/rehearsal.routes.tsx';
import { runOfShowRoutes } from './live/run-of-show.routes.tsx';
import { stageViewRoutes } from './live/stage-view.routes.tsx';
import { selfTestRoutes } from './live/self-test.routes.tsx';
import { sessionFileRoutes } from './live/session-files.routes.tsx';
import { logRequests } from './platform/http/request-log.ts';
import { studioRoutes } from './streams/studio.routes.tsx';
import { mediaApi } from './streams/media.api.ts';
import { requireSameOrigin } from './platform/http/same-origin.ts';
import { securityHeaders } from './platform/http/security-headers.ts';
import { describeSite } from './platform/http/describe-site.ts';
import { sharePublicAnswers, type PublicAnswers } from './platform/http/share-page.ts';
import { replayApi } from './replays/replay.api.ts';
import { replayRoutes } from './replays/replay.routes.tsx';
import { accountRoutes } from './registrations/account.routes.tsx';
import { handoverRoutes } from './registrations/handover.routes.tsx';
import { joinRoutes } from './registrations/join.routes.tsx';
import { ownRegistrationRoutes } from './registrations/own-registration.routes.tsx';
import { registrationRoutes } from './registrations/registration.routes.tsx';
import { readActor } from './sign-ins/read-actor.ts';
import { secondFactorRoutes } from './sign-ins/second-factor.routes.tsx';
import { signInRoutes } from './sign-ins/sign-in.routes.tsx';

/** Every middleware and router of the product, in order. */
export function createApp(deps: Deps, answers: PublicAnswers = sharePublicAnswers(deps)): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.trustedProxies);
  app.set('query parser', 'simple');

  app.use(logRequests(deps.logger));
  app.use(measureRequests);
  app.use(securityHeaders(deps.config.publicUrl));
  app.use(compression());
  app.use('/assets', express.static(deps.assets.directory, { immutable: true, maxAge: '1y', index: false }));
  app.use(inboundMailWebhooks(deps));
  app.use(mediaApi(deps));
  app.use(describeSite(deps));
  app.use(readActor(deps));
  // Its POST comes from mail providers, with a token for this one purpose.
  app.use(unsubscribeRoutes(deps));
  // Programs post with a bearer token and have no origin.
  app.use(captionApi(deps));

  app.use(requireSameOrigin(deps.config.publicUrl));
  app.use(express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 200 }));
  app.use(express.json({ limit: '64kb' }));

  app.use(signInRoutes(deps));
  app.use(secondFactorRoutes(deps));
  app.use(accountRoutes(deps));
  app.use(registrationRoutes(deps));
  app.use(ownRegistrationRoutes(deps));
  app.use(handoverRoutes(deps));
  app.use(joinRoutes(deps));
  app.use(myAgendaRoutes(deps));
  app.use(attendanceRoutes());
  app.use(feedbackRoutes(deps));
  app.use(calendarFeedRoutes(deps));
  app.use(mailboxRoutes(deps));
  app.use(liveApi(deps));
  app.use(liveRoutes(deps));
  app.use(runOfShowRoutes(deps));
  app.use(rehearsalRoutes(deps));
  app.use(backstageRoutes(deps));
  app.use(studioRoutes(deps));
  app.use(selfTestRoutes(deps));
  app.use(sessionFileRoutes(deps));
  app.use(stageViewRoutes(deps));
  app.use(captionerRoutes(deps));

  app.use(feedRoutes(deps, answers));
  app.use(replayApi(deps));
  app.use(replayRoutes(deps, answers));
  app.use(catalogueRoutes(deps, answers));
  app.use(documentRoutes(deps, answers));

  // The form first: "new" is no id of an event.
  app.use(consoleEventFormRoutes(deps));
  app.use(consoleEventRoutes(deps));
  app.use(consoleSessionRoutes(deps));
  app.use(consoleResourceRoutes(deps));
  app.use(consoleRecordingsRoutes(deps));
  app.use(consoleReplaysRoutes(deps));
  app.use(consoleReplayRoutes(deps));
  app.use(consoleSpeakerRoutes(deps));
  app.use(consoleStreamRoutes(deps));
  app.use(consoleStudioRoutes(deps));
  app.use(consoleRegistrationRoutes(deps));
  app.use(consoleAttendanceRoutes(deps));
  app.use(consoleLiveExportRoutes(deps));
  app.use(consoleUpdateRoutes(deps));
  app.use(consoleMessageRoutes(deps));
  app.use(consoleMailRoutes(deps));

  app.use(answerNotFound);
  app.use(answerProblems(deps.logger));
  return app;
}

import { expect } from 'chai';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { editEvent } from '../../server/events/edit-event.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { publishEvent } from '../../server/events/publish-event.ts';
import { inviteSpeakers } from '../../server/calendar-invites/invite-speakers.ts';
import { countPendingSpeakerInvites } from '../../server/calendar-invites/count-speaker-invites.ts';
import { scheduleSpeakerInvites } from '../../server/calendar-invites/schedule-speaker-invites.ts';
import { SpeakerInviteModel } from '../../server/calendar-invites/speaker-invite.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { directSession } from '../../server/live/direct-session.ts';
import { getSessionOfEvent } from '../../server/sessions/session.queries.ts';
import { withdrawSpeaker } from '../../server/sessions/withdraw-speaker.ts';
import { makeOrganiser, planEvent, system, typedEvent } from '../catalogue/planned-event.ts';
import { readMailbox } from '../support/mailbox.ts';
import { startWorker } from '../../server/worker.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  addSpeaker,
  changeAddress,
  changeSession,
  historyOf,
  invitesTo,
  letGather,
  planSession,
  settle,
} from './speaking.ts';

const ada = 'ada@ardale.example';
const jo = 'jo@westmarch.example';

describe('invites to those who speak and lead', () => {
  let product: Product;
  let organiserId: string;
  let eventId: string;
  let adaId: string;
  let joId: string;
  let sessionId: string;

  beforeEach(async () => {
    product = await openProduct();
    organiserId = await makeOrganiser(product);
    ({ eventId } = await planEvent(product, organiserId, {
      isDraft: true,
      stages: ['Main stage', 'Workshop stage'],
    }));
    adaId = await addSpeaker(product, organiserId, 'Ada Marsh', ada);
    joId = await addSpeaker(product, organiserId, 'Jo Brannigan', jo);
    sessionId = await planSession(product, eventId, {
      title: 'Heat networks',
      startTime: '10:00',
      endTime: '10:30',
      speakers: [adaId],
      moderators: [joId],
    });
  });
  afterEach(() => product.close());

  const publish = async () => {
    await publishEvent(system, { organiserId, eventId }, product.deps);
    await letGather(product);
  };
  const move = async (how: 'cancel' | 'reinstate') => {
    const { revision } = await getSessionOfEvent(eventId, sessionId);
    const result = await directSession(system, { eventId, sessionId, move: how, revision }, product.deps);
    expect(result.ok).to.equal(true);
  };

  it('go out when the event is published, and say who does what, when and with whom', async () => {
    await settle(product);
    expect(await readMailbox(product.url), 'nothing about a draft').to.deep.equal([]);
    await publishEvent(system, { organiserId, eventId }, product.deps);
    await settle(product);
    expect(await readMailbox(product.url), 'nothing while it is gathered').to.deep.equal([]);
    await letGather(product);

    const [sent, ...more] = await invitesTo(product, ada);
    expect(more).to.deep.equal([]);
    const { mail, invite } = sent!;
    const liveUrl = `${product.url}/events/warm-homes/live`;
    expect(invite).to.include({
      method: 'REQUEST',
      sequence: 0,
      status: 'CONFIRMED',
      start: '2026-12-10T10:00:00Z',
      end: '2026-12-10T10:30:00Z',
      title: 'You speak: Heat networks (Warm Homes)',
      url: liveUrl,
      location: liveUrl,
      organiser: `mailto:${product.deps.config.mailFrom}`,
      organiserName: 'Housing Network',
    });
    expect(invite.attendees.map(({ address }) => address)).to.deep.equal([`mailto:${ada}`]);
    expect(invite.attendees[0]).to.include({ rsvp: 'FALSE', partstat: 'ACCEPTED', name: 'Ada Marsh' });
    expect(invite.description)
      .to.include('You speak in this session.')
      .and.include('Thursday 10 December 2026, 10:00 to 10:30 GMT')
      .and.include('Stage: Main stage')
      .and.include('With: Jo Brannigan')
      .and.include(`${product.url}/events/warm-homes`);
    expect(String(invite.alarms[0]?.getFirstPropertyValue('trigger'))).to.equal('-PT30M');
    expect(mail.subject).to.equal('You speak: Heat networks');
    expect(mail.text)
      .to.include('Hello Ada Marsh,')
      .and.include('When: Thursday 10 December 2026, 10:00 to 10:30 GMT')
      .and.include('With: Jo Brannigan')
      .and.include('reply to this email');

    const [led] = await invitesTo(product, jo);
    expect(led!.invite.title).to.equal('You lead: Heat networks (Warm Homes)');
    expect(led!.invite.uid).not.to.equal(invite.uid);
    expect(await readMailbox(product.url), 'and nobody without an address').to.have.length(2);
    const about = (await OutboxEntryModel.find({ kind: 'mail:ready' }).lean()).map(({ scope }) => scope);
    expect(about).to.deep.equal([`event:${eventId}`, `event:${eventId}`]);
  });

  it('say one thing to somebody who both speaks and leads', async () => {
    await changeSession(product, eventId, sessionId, { moderators: [adaId] });
    await publish();
    const sent = await invitesTo(product, ada);
    expect(sent.map(({ invite }) => invite.title)).to.deep.equal([
      'You speak and lead: Heat networks (Warm Homes)',
    ]);
  });

  it('follow a session that moves, once for quick edits, and say what changed', async () => {
    await publish();
    await changeSession(product, eventId, sessionId, { startTime: '10:10' });
    await settle(product);
    product.clock.advance({ minutes: 2 });
    await changeSession(product, eventId, sessionId, {
      title: 'Heat pumps',
      startTime: '10:15',
      stage: 'Workshop stage',
    });
    await letGather(product);
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    const [first, second] = await invitesTo(product, ada);
    expect(second!.invite).to.include({ uid: first!.invite.uid, start: '2026-12-10T10:15:00Z' });
    expect(Date.parse(second!.invite.stamp)).to.be.above(Date.parse(first!.invite.stamp));
    expect(second!.mail.subject).to.equal('Changed: Heat pumps');
    expect(second!.mail.text)
      .to.include('It starts at 10:15 instead of 10:00.')
      .and.include('It is called “Heat pumps” instead of “Heat networks”.')
      .and.include('It is on Workshop stage instead of Main stage.')
      .and.not.include('It ends at');
  });

  it('stay as they are when an edit is undone, or changes nothing that they say', async () => {
    await publish();
    await changeSession(product, eventId, sessionId, { startTime: '10:10' });
    await changeSession(product, eventId, sessionId, { startTime: '10:00' });
    await changeSession(product, eventId, sessionId, { summary: 'New words', speakers: [adaId] });
    expect(await countPendingSpeakerInvites(eventId, product.clock.now())).to.equal(0);
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0']);
  });

  it('change with the name of the event', async () => {
    await publish();
    const { revision } = await getEvent(eventId);
    const form = { ...typedEvent, title: 'Warmer Homes', stages: ['Main stage', 'Workshop stage'], revision };
    const edited = await editEvent(system, { organiserId, eventId, form }, product.deps);
    expect(edited.ok).to.equal(true);
    await letGather(product);
    const [, changed] = await invitesTo(product, jo);
    expect(changed!.invite).to.include({ sequence: 1, title: 'You lead: Heat networks (Warmer Homes)' });
    expect(changed!.mail.text).to.include('The event is called “Warmer Homes” instead of “Warm Homes”.');
  });

  it('are withdrawn from who is taken off a session, and a later invite is a new one', async () => {
    await publish();
    await changeSession(product, eventId, sessionId, { speakers: [] });
    await letGather(product);
    await changeSession(product, eventId, sessionId, { speakers: [adaId] });
    await letGather(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'CANCEL 1', 'REQUEST 0']);
    expect(await historyOf(product, jo)).to.deep.equal(['REQUEST 0']);
    const [first, withdrawn, again] = (await invitesTo(product, ada)).map(({ invite }) => invite);
    expect(withdrawn).to.include({ uid: first!.uid, status: 'CANCELLED', start: first!.start });
    expect(withdrawn!.alarms).to.deep.equal([]);
    expect(again!.uid).not.to.equal(first!.uid);
  });

  it('are withdrawn from speaker and chair alike when they leave the organiser’s list', async () => {
    await publish();
    for (const speakerId of [adaId, joId]) {
      const left = await withdrawSpeaker(system, { organiserId, eventId, speakerId }, product.deps);
      expect(left.isRemoved).to.equal(true);
    }
    expect(await getSessionOfEvent(eventId, sessionId)).to.deep.include({ speakerIds: [], moderatorIds: [] });
    await letGather(product);
    for (const address of [ada, jo]) {
      const [, withdrawn] = await invitesTo(product, address);
      expect(withdrawn!.invite).to.include({ method: 'CANCEL', sequence: 1 });
      expect(withdrawn!.mail.text).to.include('has taken your name off this session');
    }
    expect((await invitesTo(product, ada))[1]!.mail.text).to.include('Hello Ada Marsh,');
  });

  it('move with a new address: withdrawn at the old, sent to the new, at every event', async () => {
    const other = await planEvent(product, organiserId, { slug: 'other', title: 'Other' });
    await planSession(product, other.eventId, { title: 'Elsewhere', speakers: [adaId] });
    await publish();
    await changeAddress(product, eventId, adaId, 'marsh@ardale.example');
    await letGather(product);
    expect(await historyOf(product, ada)).to.have.members(['REQUEST 0', 'REQUEST 0', 'CANCEL 1', 'CANCEL 1']);
    expect(await historyOf(product, 'marsh@ardale.example')).to.deep.equal(['REQUEST 0', 'REQUEST 0']);
    const old = await invitesTo(product, ada);
    const moved = await invitesTo(product, 'marsh@ardale.example');
    const uids = new Set(old.map(({ invite }) => invite.uid));
    expect(uids.size).to.equal(2);
    for (const { invite } of moved) expect(uids.has(invite.uid)).to.equal(false);
    expect(old.at(-1)!.mail.text).to.include('does not send this invite to this address any more');
    await changeAddress(product, eventId, adaId, '');
    await letGather(product);
    expect((await historyOf(product, 'marsh@ardale.example')).slice(2)).to.deep.equal([
      'CANCEL 1',
      'CANCEL 1',
    ]);
  });

  it('go with a cancelled session and come back, as new ones, when it is put back on', async () => {
    await publish();
    await move('cancel');
    await letGather(product);
    await move('reinstate');
    await letGather(product);
    for (const address of [ada, jo])
      expect(await historyOf(product, address)).to.deep.equal(['REQUEST 0', 'CANCEL 1', 'REQUEST 0']);
    expect((await invitesTo(product, ada))[1]!.mail.text).to.include('has cancelled this session');
  });

  it('are all withdrawn at once when the event is called off', async () => {
    await publish();
    await cancelEvent(system, { organiserId, eventId, reason: '' }, product.deps);
    await settle(product);
    for (const address of [ada, jo])
      expect(await historyOf(product, address)).to.deep.equal(['REQUEST 0', 'CANCEL 1']);
    expect((await invitesTo(product, jo))[1]!.mail.text).to.include('has cancelled the whole event');
    await letGather(product);
    expect(await historyOf(product, ada)).to.have.length(2);
  });

  it('leave alone what is over', async () => {
    await publish();
    product.clock.set('2026-12-10T11:00:00Z');
    await changeSession(product, eventId, sessionId, { title: 'Renamed afterwards', speakers: [] });
    await letGather(product);
    expect(await historyOf(product, ada), 'the session is over').to.deep.equal(['REQUEST 0']);
    product.clock.set('2026-12-11T09:00:00Z');
    await changeSession(product, eventId, sessionId, { moderators: [] });
    await letGather(product);
    expect(await historyOf(product, jo), 'the event is over').to.deep.equal(['REQUEST 0']);
  });

  it('are made once by two that reconcile at the same time', async () => {
    await publishEvent(system, { organiserId, eventId }, product.deps);
    const both = async () => {
      const [one, two] = await Promise.all([
        inviteSpeakers({ eventId }, product.deps),
        inviteSpeakers({ eventId }, product.deps),
      ]);
      return one.sent + two.sent;
    };
    expect(await both()).to.equal(2);
    await settle(product);
    await changeSession(product, eventId, sessionId, { startTime: '10:05' });
    expect(await countPendingSpeakerInvites(eventId, product.clock.now())).to.equal(2);
    expect(await both()).to.equal(2);
    expect(await countPendingSpeakerInvites(eventId, product.clock.now())).to.equal(0);
    await letGather(product);
    for (const address of [ada, jo])
      expect(await historyOf(product, address)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    expect(await SpeakerInviteModel.countDocuments()).to.equal(2);
  });

  it('can be brought forward', async () => {
    await publish();
    await changeSession(product, eventId, sessionId, { startTime: '10:05' });
    await scheduleSpeakerInvites(eventId, product.clock.now(), product.clock.now());
    await settle(product);
    expect(await historyOf(product, ada)).to.deep.equal(['REQUEST 0', 'REQUEST 1']);
    await letGather(product);
    expect(await historyOf(product, ada)).to.have.length(2);
  });
});

describe('invites to speakers while nothing is delivered', () => {
  let product: Product;
  beforeEach(async () => void (product = await openProduct({ worker: false })));
  afterEach(() => product.close());

  it('tell the last state only, and nothing of what came and went', async () => {
    const organiserId = await makeOrganiser(product);
    const { eventId, sessionId } = await planEvent(product, organiserId);
    const adaId = await addSpeaker(product, organiserId, 'Ada Marsh', ada);
    const joId = await addSpeaker(product, organiserId, 'Jo Brannigan', jo);
    await changeSession(product, eventId, sessionId, { speakers: [adaId, joId] });
    await inviteSpeakers({ eventId }, product.deps);
    await changeSession(product, eventId, sessionId, { startTime: '10:00', speakers: [joId] });
    await inviteSpeakers({ eventId }, product.deps);
    const worker = startWorker(product.deps);
    await settle(product);
    await worker.stop();
    const [last, ...more] = await invitesTo(product, jo);
    expect(more).to.deep.equal([]);
    expect(last!.invite).to.include({ sequence: 1, start: '2026-12-10T10:00:00Z' });
    expect(last!.mail.subject).to.equal('You speak: Draughts');
    expect(await historyOf(product, ada)).to.deep.equal([]);
  });

  it('are not sent any more once their session is over', async () => {
    const organiserId = await makeOrganiser(product);
    const { eventId, sessionId } = await planEvent(product, organiserId);
    const adaId = await addSpeaker(product, organiserId, 'Ada Marsh', ada);
    await changeSession(product, eventId, sessionId, { speakers: [adaId] });
    await inviteSpeakers({ eventId }, product.deps);
    product.clock.set('2026-12-10T12:30:00Z');
    const worker = startWorker(product.deps);
    await settle(product);
    await worker.stop();
    expect(await readMailbox(product.url)).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { liveMessages, type LiveMessageName } from '../../server/contracts/live-messages.ts';
import { roleMay, type Role } from '../../server/organisers/permission.rules.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { SignInModel } from '../../server/sign-ins/sign-in.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { disconnected, join, seedMember, seedSignIn, seedViewer, type LiveSocket } from './live-day.ts';
import { messageExamples } from './message-examples.ts';
import {
  codeOf,
  listenTo,
  openDay,
  openRoomsWithoutLimits,
  storedState,
  type Day,
  type Rooms,
} from './outsiders.ts';

const names = Object.keys(liveMessages) as LiveMessageName[];
const may = (role: Role, name: LiveMessageName) => roleMay(role, liveMessages[name].permission);
/** Whoever could have it as a viewer learns that there is no place; the rest of the protocol is not there at all. */
const refusedOutside = (name: LiveMessageName) => (may('attendee', name) ? 'forbidden' : 'not-found');

describe('every message of a live room', function () {
  this.timeout(60_000);
  let product: Product;
  let rooms: Rooms;
  let day: Day;
  let other: Day;
  const sockets: LiveSocket[] = [];

  before(async () => {
    product = await openProduct({ worker: false });
    rooms = await openRoomsWithoutLimits(product);
    [day, other] = [await openDay(product, rooms), await openDay(product, rooms)];
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(async () => {
    await rooms.close();
    await product.close();
  });

  const open = async ({ cookie }: { cookie: string }) => {
    const socket = await rooms.open(cookie);
    sockets.push(socket);
    return socket;
  };
  const viewer = () => seedViewer(day.ids.eventId, day.organiserId, product.clock.now());
  const member = () => seedMember(day.organiserId, product.clock.now());

  /** Sends every message, and expects each to be refused as it should be, without a trace and unheard. */
  async function refuses(
    socket: LiveSocket,
    code: (name: LiveMessageName) => string | null,
    ids = day.ids,
  ): Promise<void> {
    const witness = await listenTo(day, product, rooms);
    const before = await storedState();
    const examples = messageExamples(ids);
    const wrong: string[] = [];
    for (const name of names) {
      const expected = code(name);
      if (expected === null) continue;
      const got = await codeOf(socket, name, examples[name]);
      if (got !== expected) wrong.push(`${name} was answered ${got}, not ${expected}`);
    }
    expect(wrong).to.deep.equal([]);
    expect(await storedState(), 'nothing is stored').to.deep.equal(before);
    expect(await witness.heard()).to.deep.equal([]);
    witness.stop();
  }

  it('is refused to a stranger', async () => {
    const stranger = { kind: 'attendee', email: 'stranger@example.org' } as const;
    await refuses(await open(await seedSignIn(stranger, product.clock.now())), refusedOutside);
  });

  it('is refused to viewers and organisers of another event', async () => {
    const now = product.clock.now();
    const guest = await seedViewer(other.ids.eventId, other.organiserId, now);
    await refuses(await open(guest), refusedOutside);
    await refuses(await open(await seedMember(other.organiserId, now, 'owner')), refusedOutside);
  });

  it('is not there for a viewer when it is for moderators', async () => {
    const socket = await open(await viewer());
    await join(socket, day.ids.eventId);
    await refuses(socket, (name) => (may('attendee', name) ? null : 'not-found'));
  });

  it('names nothing of another event, also from an organiser', async () => {
    const socket = await open(await member());
    await join(socket, day.ids.eventId, null, 'moderators');
    const foreign = { ...other.ids, eventId: day.ids.eventId };
    const named = names.filter((name) => {
      const own = JSON.stringify(messageExamples({ ...day.ids, eventId: 'x' })[name]);
      return Object.values(day.ids).some((id) => id !== 'main' && own.includes(`"${id}"`));
    });
    expect(named).to.include.members([
      'chat:react',
      'question:vote',
      'poll:move',
      'viewer:ban',
      'session:move',
    ]);
    // An answer to what is not there is a message like any other, and a hand that is not up is down.
    // What the stage view shows is looked for in its own event.
    const harmless: LiveMessageName[] = ['chat:post', 'hand:lower', 'stage-view:show'];
    const refused = named.filter((name) => !harmless.includes(name));
    await refuses(socket, (name) => (refused.includes(name) ? 'not-found' : null), foreign);
    expect(await codeOf(socket, 'hand:lower', messageExamples(foreign)['hand:lower'])).to.equal('ok');
  });

  it('is refused once the sign-in was revoked', async () => {
    const leaver = await member();
    const socket = await open(leaver);
    await SignInModel.updateOne({ _id: leaver.signInId }, { $set: { revokedAt: product.clock.now() } });
    await refuses(socket, () => 'not-signed-in');
  });

  it('is refused once the place was cancelled', async () => {
    const leaver = await viewer();
    const socket = await open(leaver);
    await join(socket, day.ids.eventId);
    await RegistrationModel.updateOne({ _id: leaver.registrationId }, { $set: { status: 'cancelled' } });
    await refuses(socket, refusedOutside);
  });

  it('is refused once a role was lost', async () => {
    const demoted = await member();
    const socket = await open(demoted);
    await join(socket, day.ids.eventId, null, 'moderators');
    await MemberModel.updateOne({ _id: demoted.memberId }, { $set: { role: 'viewer' } });
    await refuses(socket, (name) => (may('viewer', name) ? null : 'forbidden'));
  });

  it('is refused to whoever was banned', async () => {
    const banned = await viewer();
    const socket = await open(banned);
    await join(socket, day.ids.eventId);
    await codeOf(socket, 'mine:read', { eventId: day.ids.eventId });
    await ParticipantModel.updateOne(
      { registrationId: banned.registrationId },
      { $set: { bannedAt: product.clock.now() } },
    );
    await refuses(socket, refusedOutside);
  });

  it('but for reading is refused to whoever may only read', async () => {
    const silenced = await viewer();
    const socket = await open(silenced);
    await join(socket, day.ids.eventId);
    await codeOf(socket, 'mine:read', { eventId: day.ids.eventId });
    const silencedUntil = new Date(product.clock.now().getTime() + 600_000);
    await ParticipantModel.updateOne(
      { registrationId: silenced.registrationId },
      { $set: { silencedUntil } },
    );
    // To take back what is one's own, and to report, is not to speak.
    const quiet: LiveMessageName[] = [
      'chat:delete',
      'hand:lower',
      'chat:report',
      'poll:vote',
      'poll:results',
      'question:vote',
    ];
    await refuses(socket, (name) =>
      !may('attendee', name)
        ? 'not-found'
        : liveMessages[name].permission === 'live:read' || quiet.includes(name)
          ? null
          : 'forbidden',
    );
  });

  it('is refused when it is malformed, and the process is unharmed', async () => {
    const organiser = await member();
    const witness = await listenTo(day, product, rooms);
    const examples = messageExamples(day.ids);
    const before = await storedState();
    const wrong: string[] = [];
    const longTexts = ['text', 'reason', 'question'];
    for (const name of names) {
      const good = examples[name] as Record<string, unknown>;
      // One socket a message: a few malformed ones cut it off.
      const socket = await rooms.open(organiser.cookie);
      const bad: unknown[] = [{ ...good, stray: 1 }, { ...good, eventId: { $ne: null } }, [good]];
      const text = longTexts.find((key) => key in good);
      if (text) bad[2] = { ...good, [text]: 'é'.repeat(5_000) };
      for (const payload of bad) {
        const code = await codeOf(socket, name, payload);
        if (code !== 'invalid' && code !== 'too-many-requests')
          wrong.push(`${name} with ${JSON.stringify(payload).slice(0, 80)} was answered ${code}`);
      }
      (socket as Socket).emit(name, good);
      (socket as Socket).emit(name);
      socket.disconnect();
    }
    expect(wrong).to.deep.equal([]);
    const giant = await rooms.open(organiser.cookie);
    const gone = disconnected(giant);
    (giant as Socket).emit(
      'chat:post',
      { ...examples['chat:post'], text: 'x'.repeat(40_000) },
      () => undefined,
    );
    await gone;
    expect(await storedState(), 'nothing is stored').to.deep.equal(before);
    expect(await witness.heard()).to.deep.equal([]);
    witness.stop();
    const socket = await open(await viewer());
    expect(await join(socket, day.ids.eventId)).to.include({ ok: true });
  });
});

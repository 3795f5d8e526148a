import { expect } from 'chai';
import { thingsToDo, wordsForAudit } from '../../server/catalogue/overview.rules.ts';

const event = { summary: 'For whoever heats a school.', description: 'A day.', status: 'published' };
const session = { kind: 'panel', state: 'scheduled', speakerIds: ['s1'], moderatorIds: [] };
const needs = (sessions: Parameters<typeof thingsToDo>[1], status = 'published') =>
  thingsToDo({ ...event, status }, sessions, '/console/events/e1').map(({ text }) => text);

describe('what an event still needs', () => {
  it('is nothing while somebody speaks at each session, or leads it', () => {
    expect(needs([session, { ...session, speakerIds: [], moderatorIds: ['s2'] }])).to.deep.equal([]);
  });

  it('is somebody for a session that nobody speaks at or leads', () => {
    const silent = { ...session, speakerIds: [] };
    expect(needs([session, silent])).to.deep.equal(['One session has no speaker']);
    expect(needs([silent, silent])).to.deep.equal(['2 sessions have no speaker']);
  });

  it('counts neither breaks nor what is cancelled', () => {
    const silent = { ...session, speakerIds: [] };
    expect(
      needs([
        { ...silent, kind: 'break' },
        { ...silent, state: 'cancelled' },
      ]),
    ).to.deep.equal([]);
    expect(needs([silent], 'cancelled')).to.deep.equal([]);
  });

  it('is an agenda while there is none', () => {
    expect(needs([])).to.deep.equal(['The agenda is empty']);
  });
});

describe('what happened lately', () => {
  it('is a sentence, also for what has none of its own', () => {
    expect(wordsForAudit('session:moved')).to.equal(
      'A session changed its state: live, paused, ended or cancelled.',
    );
    expect(wordsForAudit('mail:retried')).to.equal('Mail that had failed was tried again.');
    expect(wordsForAudit('place:given')).to.equal('place given');
  });
});

import { expect } from 'chai';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { takePlaces } from '../../server/registrations/take-places.ts';
import { planEvent, system } from '../catalogue/planned-event.ts';
import type { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInMember } from '../support/signing-in.ts';
import { hand, openReadingProduct, replyMail } from './incoming.ts';

describe('attendance intent in the console', () => {
  let product: Product;
  afterEach(() => product.close());

  async function openConsole(): Promise<{ owner: BrowserSession; path: string; eventId: string }> {
    const { organiserId } = await seedMember(product);
    const { eventId } = await planEvent(product, organiserId);
    for (const name of ['ada', 'bob', 'cy', 'dee'])
      await takePlaces(
        eventId,
        [
          {
            actor: system,
            form: {
              name,
              email: `${name}@example.org`,
              ...{
                organisation: '',
                jobTitle: '',
                accessNeeds: '',
                answers: [],
                consentIds: [],
                attempt: null,
              },
            },
          },
        ],
        product.deps,
      );
    return { owner: await signInMember(product), path: `/console/events/${eventId}/registrations`, eventId };
  }

  it('shows what each calendar answered, and how many said what', async () => {
    product = await openReadingProduct();
    const { owner, path, eventId } = await openConsole();
    expect(await (await owner.get(path)).text()).to.include('Nobody has answered in a calendar yet');
    for (const [name, answer] of [
      ['ada', 'ACCEPTED'],
      ['bob', 'TENTATIVE'],
      ['cy', 'DECLINED'],
    ] as const) {
      const place = await RegistrationModel.findOne({ eventId, email: `${name}@example.org` }).lean();
      const raw = replyMail({ attendee: `${name}@example.org`, answer, uid: place!.inviteUid });
      expect(await hand(product, raw)).to.equal('read');
    }
    const page = await (await owner.get(path)).text();
    expect(page).to.include('4 places taken · In calendars: 1 accepted, 1 maybe, 1 declined');
    const rows = page.split('<tr').filter((row) => row.includes('@example.org'));
    const said = rows.map((row) => [
      /(\w+)@example/.exec(row)?.[1],
      /(Accepted|Maybe|Declined) in their calendar/.exec(row)?.[1],
    ]);
    expect(Object.fromEntries(said)).to.deep.equal({
      ada: 'Accepted',
      bob: 'Maybe',
      cy: 'Declined',
      dee: undefined,
    });
    // Who gave the place up is nobody to count on, whatever the calendar said.
    await RegistrationModel.updateOne({ email: 'ada@example.org' }, { status: 'cancelled' });
    const after = await (await owner.get(path)).text();
    expect(after)
      .to.include('In calendars: 0 accepted, 1 maybe, 1 declined')
      .and.not.include('Accepted in their');
  });

  it('is not spoken of where answers are not read', async () => {
    product = await openProduct({ worker: false });
    const { owner, path } = await openConsole();
    expect(await (await owner.get(path)).text())
      .to.include('4 places taken')
      .and.not.include('alendar');
  });
});

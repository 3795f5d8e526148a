import { CampaignModel, type Campaign } from '../../server/campaigns/campaign.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { openEvent, register, type TestEvent } from '../registrations/registering.ts';
import type { BrowserSession } from '../support/browser-session.ts';
import { mailsTo, readMailbox } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, signInMember } from '../support/signing-in.ts';
import { until } from '../support/until.ts';

export const ada = 'ada@example.org';
export const grace = 'grace@elsewhere.example';

/** An organiser signed in to the console of one event. */
export class Desk {
  private constructor(
    readonly product: Product,
    public owner: BrowserSession,
    readonly event: TestEvent,
  ) {}

  static async open(options: Parameters<typeof openProduct>[0] = {}): Promise<Desk> {
    const product = await openProduct(options);
    const { organiserId } = await seedMember(product);
    const owner = await signInMember(product);
    return new Desk(product, owner, await openEvent(product, { organiserId }));
  }

  /** A sign-in does not last a month. */
  async signInAgain(): Promise<void> {
    this.owner = await signInMember(this.product);
  }

  get messages(): string {
    return `/console/events/${this.event.id}/messages`;
  }

  async take(email: string, fields: Record<string, string> = {}): Promise<void> {
    await register(this.product, this.event, { email, ...fields });
    await mailsTo(this.product.url, email, 1);
  }

  /** They were in the live room. */
  async enter(email: string): Promise<void> {
    await RegistrationModel.updateOne({ email }, { firstEnteredAt: this.product.clock.now() });
  }

  /** Writes a draft and returns its path in the console. */
  async write(fields: Record<string, string> = {}): Promise<string> {
    const response = await this.owner.post(this.messages, {
      attempt: crypto.randomUUID(),
      segment: 'registered',
      subject: 'What to bring',
      message: 'Bring **figures**.',
      ...fields,
    });
    if (response.status !== 303) throw new Error(`${response.status}`);
    return (response.headers.get('location') ?? '').replace(/\?.*/, '');
  }

  /** Presses the button as the page shows it. */
  async send(path: string): Promise<Response> {
    return this.owner.post(`${path}/send`, await this.seen(path));
  }

  /** What the page of a draft sends with its buttons. */
  async seen(path: string): Promise<{ count: string; revision: string }> {
    const html = await (await this.owner.get(path)).text();
    const value = (name: string) => new RegExp(`name="${name}" value="(\\d+)"`).exec(html)?.[1] ?? '';
    return { count: value('count'), revision: value('revision') };
  }

  async campaign(path: string): Promise<Campaign> {
    const campaign = await CampaignModel.findOne({ _id: path.split('/').at(-1) ?? '' }).lean();
    if (!campaign) throw new Error('No such message');
    return campaign;
  }

  /** Nothing that is due waits any more. */
  settled(): Promise<unknown> {
    return until('an empty outbox', async () => {
      const due = await OutboxEntryModel.find({ state: 'waiting' }, { dueAt: 1 }).lean();
      return due.every(({ dueAt }) => dueAt > this.product.clock.now());
    });
  }

  /** Whom mails with this subject reached. */
  async reached(subject = 'What to bring'): Promise<string[]> {
    await this.settled();
    const mails = await readMailbox(this.product.url);
    return mails.filter((mail) => mail.subject === subject).map(({ to }) => to);
  }
}

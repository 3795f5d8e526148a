import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { Actor, MemberRole } from '../../server/contracts/actor.ts';
import { addMember, type NewMember } from '../../server/organisers/add-member.ts';
import { createOrganiser } from '../../server/organisers/create-organiser.ts';
import { MemberModel } from '../../server/organisers/member.model.ts';
import { OrganiserModel } from '../../server/organisers/organiser.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, testSecret } from '../support/signing-in.ts';

const system: Actor = { kind: 'system', name: 'test' };

describe('organisers and their members', () => {
  let product: Product;
  let organiserId: string;
  beforeEach(async () => {
    product = await openProduct({ worker: false });
    ({ organiserId } = await seedMember(product));
  });
  afterEach(() => product.close());

  const memberActor = (role: MemberRole, of = organiserId): Actor => ({
    kind: 'member',
    memberId: 'm',
    organiserId: of,
    role,
    email: 'm@council.example',
    signInId: 's',
  });
  const newMember = (more: Partial<NewMember> = {}): NewMember => ({
    organiserId,
    email: ' Max@Council.example ',
    name: 'Max',
    role: 'moderator',
    ...more,
  });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('are created by the operator only, each slug once, with an audit row', async () => {
    const input = { name: 'Agency', slug: 'agency', contactEmail: 'a@agency.example' };
    expect(await refusal(createOrganiser(memberActor('owner'), input, product.deps))).to.equal('forbidden');
    expect(await refusal(createOrganiser({ kind: 'visitor' }, input, product.deps))).to.equal('forbidden');
    const created = await createOrganiser(system, input, product.deps);
    expect(created.ok).to.equal(true);
    expect(await createOrganiser(system, input, product.deps)).to.deep.equal({
      ok: false,
      reason: 'slug-taken',
    });
    expect(await OrganiserModel.countDocuments({ slug: 'agency' })).to.equal(1);
    expect(await AuditEntryModel.countDocuments({ action: 'organiser:created' })).to.equal(2);
  });

  it('are added by an owner of that organiser and by nobody else', async () => {
    for (const role of ['organiser', 'moderator', 'finance', 'viewer'] as const)
      expect(await refusal(addMember(memberActor(role), newMember(), product.deps))).to.equal('forbidden');
    expect(await refusal(addMember(memberActor('owner', 'another'), newMember(), product.deps))).to.equal(
      'not-found',
    );
    expect(await refusal(addMember({ kind: 'visitor' }, newMember(), product.deps))).to.equal('not-found');
    expect((await addMember(memberActor('owner'), newMember(), product.deps)).ok).to.equal(true);
    const stored = await MemberModel.findOne({ email: 'max@council.example' }).lean();
    expect(stored).to.include({ role: 'moderator', totpSecret: null });
    const row = await AuditEntryModel.findOne({ 'subject.id': stored?._id ?? '' }).lean();
    expect(row).to.deep.include({ action: 'member:added', changes: { role: 'moderator' } });
  });

  it('have one organiser for an address, also when it is added twice at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 5 }, () => addMember(system, newMember(), product.deps)),
    );
    expect(results.filter(({ ok }) => ok)).to.have.length(1);
    expect(await MemberModel.countDocuments({ email: 'max@council.example' })).to.equal(1);
  });

  it('cannot be given an authenticator by an owner, and the demo’s is stored sealed', async () => {
    const withSecret = newMember({ totpSecret: testSecret });
    expect(await refusal(addMember(memberActor('owner'), withSecret, product.deps))).to.equal('forbidden');
    expect(await refusal(addMember(system, newMember({ totpSecret: 'SHORT' }), product.deps))).to.equal(
      'forbidden',
    );
    expect((await addMember(system, withSecret, product.deps)).ok).to.equal(true);
    const stored = await MemberModel.findOne({ email: 'max@council.example' }).lean();
    expect(stored?.totpSecret).to.be.a('string').and.not.include(testSecret);
  });
});

import type { SpeakerForm } from '../contracts/speaker-form.ts';

const titles = /^(?:dr|prof|professor|sir|dame|mr|mrs|ms|miss|mx|lord|lady|baroness|cllr|rev)\.?\s+/iu;

/** "Prof. David Achebe" is filed under "achebe david", without accents or case. */
export function sortNameOf(name: string): string {
  const words = name.replace(titles, '').trim().split(/\s+/u);
  const last = words.pop() ?? '';
  return [last, ...words]
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** What the form of a speaker stores. */
export function speakerProfile(form: SpeakerForm) {
  const { name, pronouns, jobTitle, organisation, email, note, bio: biography } = form;
  return { name, sortName: sortNameOf(name), pronouns, jobTitle, organisation, email, note, biography };
}

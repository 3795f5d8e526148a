import { listNamesakes } from '../participants/participant.queries.ts';
import { namesMentioned } from './chat.rules.ts';

/** For each text, the participants whose names follow an @ in it: the longest name that somebody has. One query for all. */
export async function findMentions(eventId: string, texts: readonly string[]): Promise<string[][]> {
  const named = texts.map(namesMentioned);
  const found = await listNamesakes(eventId, [...new Set(named.flat(2))]);
  return named.map((places) => [
    ...new Set(
      places.flatMap((names) => {
        const name = names.find((candidate) => found.some(({ searchName }) => searchName === candidate));
        return found.filter(({ searchName }) => searchName === name).map(({ _id }) => _id);
      }),
    ),
  ]);
}

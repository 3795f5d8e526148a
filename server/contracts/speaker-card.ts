/** One speaker in a list. Without a portrait the page draws one from the slug and the initials. */
export interface SpeakerCard {
  readonly slug: string;
  readonly name: string;
  /** "Head of Estates" */
  readonly jobTitle: string;
  readonly organisation: string;
  /** One or two plain sentences, shown for the leading speakers. */
  readonly note: string | null;
  readonly portraitPath: string | null;
}

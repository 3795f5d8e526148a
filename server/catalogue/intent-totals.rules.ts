type Counts = Readonly<Record<'accepted' | 'tentative' | 'declined', number>>;

/** "In calendars: 212 accepted, 14 maybe, 9 declined"; nothing where nobody answered and no answer can come in. */
export function intentTotals({ accepted, tentative, declined }: Counts, isRead: boolean): string[] {
  if (accepted + tentative + declined === 0) return isRead ? ['Nobody has answered in a calendar yet'] : [];
  const shown = (count: number) => count.toLocaleString('en-GB');
  return [
    `In calendars: ${shown(accepted)} accepted, ${shown(tentative)} maybe, ${shown(declined)} declined`,
  ];
}

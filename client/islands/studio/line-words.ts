/** What the server says when the line or the server itself broke off: then the page comes back by itself. */
const ofTheLine =
  /^(The connection broke|Nothing came any more|The server (stops|restarts)|Something went wrong on our side)/;

/** Why somebody ended it; null when nobody did. */
export const whoEnded = (message: string): string | null =>
  message === '' || ofTheLine.test(message) ? null : message;

import { ImapFlow } from 'imapflow';

export interface UnreadMail {
  readonly uid: number;
  /** Stays the same for one mail in one mailbox. */
  readonly key: string;
}

export interface OpenMailbox {
  /** Not yet marked as read, the oldest first; the newest of very many. */
  listUnread(): Promise<UnreadMail[]>;
  /** The same with their sizes in bytes; without what is gone since. */
  measure(mails: readonly UnreadMail[]): Promise<(UnreadMail & { readonly size: number })[]>;
  /** null when it is gone. */
  fetch(uid: number): Promise<Buffer | null>;
  /** Marks mails as read, and moves them to the folder `Plenary/Read` where there is one. Deletes nothing. */
  markRead(uids: readonly number[]): Promise<void>;
}

export interface ImapMailbox {
  /** On the connection that stands, or on a new one; a failure ends it, and the next use begins anew. */
  use<T>(work: (mailbox: OpenMailbox) => Promise<T>): Promise<T>;
  /** Ends the connection at once, also under work in hand, and for good. */
  close(): void;
}

const mostUnread = 2_000;
const timeoutMs = 15_000;

/** `imap[s]://user:password@host:port/FOLDER`, one user of it at a time; without a folder the inbox. */
export function openImapMailbox(imapUrl: string): ImapMailbox {
  const folder = decodeURIComponent(new URL(imapUrl).pathname.slice(1)) || 'INBOX';
  let client: ImapFlow | null = null;
  let isClosed = false;

  const connect = async (): Promise<ImapFlow> => {
    if (client?.usable) return client;
    client?.close();
    client = createClient(imapUrl);
    await client.connect();
    return client;
  };
  return {
    async use(work) {
      if (isClosed) throw new Error('The mailbox was closed');
      try {
        const connected = await connect();
        const lock = await connected.getMailboxLock(folder);
        try {
          return await work(openMailbox(connected, folder));
        } finally {
          lock.release();
        }
      } catch (error) {
        client?.close();
        client = null;
        throw error;
      }
    },
    close() {
      isClosed = true;
      client?.close();
    },
  };
}

function createClient(imapUrl: string): ImapFlow {
  const { protocol, hostname, port, username, password } = new URL(imapUrl);
  const isImplicitTls = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : isImplicitTls ? 993 : 143,
    secure: isImplicitTls,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: 4 * timeoutMs,
  });
  // Between uses nobody listens; the next one finds the connection unusable and makes another.
  client.on('error', () => undefined);
  return client;
}

function openMailbox(client: ImapFlow, folder: string): OpenMailbox {
  const validity = client.mailbox ? String(client.mailbox.uidValidity) : '';
  return {
    async listUnread() {
      const uids = (await client.search({ seen: false, deleted: false }, { uid: true })) || [];
      return uids
        .sort((a, b) => a - b)
        .slice(-mostUnread)
        .map((uid) => ({ uid, key: `${validity}:${uid}` }));
    },
    async measure(mails) {
      if (mails.length === 0) return [];
      const sizes = new Map<number, number>();
      const found = client.fetch(
        mails.map(({ uid }) => uid).join(','),
        { uid: true, size: true },
        { uid: true },
      );
      for await (const { uid, size } of found) sizes.set(uid, size ?? Infinity);
      return mails.flatMap((mail) => {
        const size = sizes.get(mail.uid);
        return size === undefined ? [] : [{ ...mail, size }];
      });
    },
    async fetch(uid) {
      const found = await client.fetchOne(String(uid), { source: true }, { uid: true });
      return (found && found.source) || null;
    },
    async markRead(uids) {
      if (uids.length === 0) return;
      const range = uids.join(',');
      await client.messageFlagsAdd(range, ['\\Seen'], { uid: true });
      const folders = await client.list();
      const read = folders.find(({ path, delimiter }) => path === `Plenary${delimiter}Read`);
      if (read && read.path !== folder) await client.messageMove(range, read.path, { uid: true });
    },
  };
}

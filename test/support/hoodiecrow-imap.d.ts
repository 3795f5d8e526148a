/** The little of it that `imap-server.ts` uses; the package has no types. */
declare module 'hoodiecrow-imap' {
  import type { Server, Socket } from 'node:net';
  interface Message {
    readonly uid: number;
    readonly flags: string[];
    readonly raw: string;
  }
  interface ImapServer {
    readonly server: Server;
    readonly outputHandlers: ((connection: { socket: Socket }, response: unknown) => void)[];
    listen(port: number, host: string, listening: () => void): void;
    appendMessage(path: string, flags: string[], internalDate: undefined, raw: string): { message: Message };
    getMailbox(path: string): { messages: Message[]; uidvalidity: number };
  }
  export default function createServer(options: {
    plugins: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, unknown>;
  }): ImapServer;
}

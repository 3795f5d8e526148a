import type { GuestLine } from './guest-line.ts';
import type { Guest } from './studio-cast.store.ts';
import type { RoomState } from './studio-room.store.ts';

/** Where the host's room stands, in a sentence: who does not see the list hears from it who comes and goes. */
export function hostWords(state: RoomState, count: number): string {
  if (state.kind === 'in') {
    if (count === 0) return 'The room is open. Nobody is here yet.';
    return count === 1 ? 'One guest is here.' : `${count} guests are here.`;
  }
  if (state.kind === 'entering') return 'Opening the room.';
  if (state.kind === 'lost')
    return 'The server does not answer. Guests who are connected stay; it is asked again by itself.';
  return 'message' in state ? state.message : '';
}

/** Where a guest stands, in a sentence. */
export function guestWords(
  state: RoomState,
  line: GuestLine['state']['value'],
  standing: GuestLine['standing']['value'],
): string {
  if (state.kind === 'out') return '';
  if (state.kind === 'entering') return 'Coming in.';
  if ('message' in state) return state.message;
  if (line === 'connected') {
    const heard = standing.isMuted ? ' The host has muted you: nobody hears you.' : '';
    return (standing.isOnAir ? 'You are on air.' : 'You are in the room, not on air.') + heard;
  }
  if (line === 'again') return 'The connection to the host is lost. Coming back by itself.';
  if (line === 'connecting') return 'Connecting to the host.';
  return state.kind === 'lost'
    ? 'The server does not answer. Coming back by itself.'
    : 'Waiting for the host to open the room. You come in by yourself.';
}

/** How the connection to a guest is. */
export function lineWords({ line, isWeak }: Pick<Guest, 'line' | 'isWeak'>): string {
  if (line === 'none' || line === 'new') return 'Connecting';
  if (line !== 'connected') return 'Lost, coming back';
  return isWeak ? 'Weak connection' : 'Good connection';
}

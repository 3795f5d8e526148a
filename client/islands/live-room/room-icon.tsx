const shapes = {
  applause:
    'm8.2 14.8-3-3a1.4 1.4 0 0 1 2-2l3 3-4.3-4.3a1.4 1.4 0 0 1 2-2l4.3 4.3-3.2-3.2a1.4 1.4 0 0 1 2-2l4.6 4.6.4-2.3a1.4 1.4 0 0 1 2.7.2l.3 4.4a6 6 0 0 1-1.8 4.7l-.4.4a6 6 0 0 1-8.4 0zM5.5 4 4.6 2.6M3.2 6 1.8 5.6M8.4 3.2 8.5 1.6',
  agree:
    'M7.5 10.5v9H4v-9zM7.5 10.5 11 3.5c1.5 0 2.5 1 2.5 2.5v3.5h4.6a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7.5',
  useful: 'M9 17.5h6M10 20.5h4M9 17.5c0-2.5-3-3.6-3-7.3a6 6 0 0 1 12 0c0 3.7-3 4.8-3 7.3',
  love: 'M12 19.5S4 14.8 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3c0 5.5-8 10.2-8 10.2z',
  lost: 'M8.5 9a3.5 3.5 0 1 1 5.3 3c-1.1.7-1.8 1.3-1.8 2.6M12 18.2v.1M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4z',
  thanks: 'M12 4v8M12 12c-3.5 0-6.5 2.5-6.5 7.5h13c0-5-3-7.5-6.5-7.5zM12 4 9.5 6.5M12 4l2.5 2.5',
  laugh: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM7.5 13a4.5 4.5 0 0 0 9 0zM9 9v.1M15 9v.1',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5z',
  up: 'm6 14 6-6 6 6',
  pin: 'M9 4h6l-.8 6 3.3 3.5H6.5L9.8 10zM12 13.5V20',
  close: 'M6 6l12 12M18 6 6 18',
  megaphone: 'M4 10v4l3 .5L17 19V5L7 9.5zM8 14.5 9 20h2.5l-.8-4.6M20 10.5v3',
  hand: 'M7.5 12.5V6.2a1.4 1.4 0 0 1 2.8 0V11V4.7a1.4 1.4 0 0 1 2.8 0V11 5.7a1.4 1.4 0 0 1 2.8 0V12l1.4-1.7a1.4 1.4 0 0 1 2.3 1.6l-3 5.6a5.5 5.5 0 0 1-4.9 3H12a5.5 5.5 0 0 1-4.5-4z',
  document: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6',
} as const;

export type RoomIconName = keyof typeof shapes;

/** Icons of the live room alone. Always beside words that say the same, so hidden from screen readers. */
export function RoomIcon({ name }: { name: RoomIconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}

const shapes = {
  play: 'M7.5 4.5v15L19 12z',
  pause: 'M7.5 5h3v14h-3zM13.5 5h3v14h-3z',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
  silent: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9.5l5 5M20.5 9.5l-5 5',
  captions: 'M3.5 5.5h17v13h-17zM10.5 10.3a2.2 2.2 0 1 0 0 3.4M17 10.3a2.2 2.2 0 1 0 0 3.4',
  settings:
    'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3.5v2.2M12 18.3v2.2M3.5 12h2.2M18.3 12h2.2M6 6l1.6 1.6M16.4 16.4 18 18M6 18l1.6-1.6M16.4 7.6 18 6',
  pictureInPicture: 'M3.5 5.5h17v13h-17zM12.5 12h5.5v4h-5.5z',
  fullScreen: 'M4 9V4.5h4.5M15.5 4.5H20V9M20 15v4.5h-4.5M8.5 19.5H4V15',
  smallScreen: 'M8.5 4.5V9H4M20 9h-4.5V4.5M15.5 19.5V15H20M4 15h4.5v4.5',
  back: 'M5 5v5h5M5.6 10A7.5 7.5 0 1 1 4.5 14',
  on: 'M19 5v5h-5M18.4 10A7.5 7.5 0 1 0 19.5 14',
} as const;

export type PlayerIconName = keyof typeof shapes;

/** Always inside a button that has a name. */
export function PlayerIcon({ name }: { name: PlayerIconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}

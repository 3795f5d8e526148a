const shapes = {
  arrow: 'M4 10h12M11 5l5 5-5 5',
  calendar: 'M3.5 5.5h13v11h-13zM3.5 8.5h13M7 3v4M13 3v4',
  check: 'm4 10.5 4 4 8-9',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l2.6 1.8',
  download: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M4 16h12',
  cup: 'M4 7h10v5a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4zM14 8.5h1.2a2 2 0 0 1 0 4H14M7 4.5V3M11 4.5V3',
  list: 'M4 5.5h12M4 10h12M4 14.5h12',
  live: 'M10 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM6.8 6.8a4.5 4.5 0 0 0 0 6.4M13.2 6.8a4.5 4.5 0 0 1 0 6.4M4.3 4.3a8 8 0 0 0 0 11.4M15.7 4.3a8 8 0 0 1 0 11.4',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l2.6-2.6a3 3 0 0 0-4.2-4.2L10 5.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.6 2.6a3 3 0 0 0 4.2 4.2L10 14.2',
  mail: 'M3 5h14v10H3zM3 5.5l7 5.5 7-5.5',
  message: 'M3.5 4.5h13v9H9.5L6 16.5v-3H3.5zM6.5 7.5h7M6.5 10.5h4.5',
  microphone:
    'M10 3a2.2 2.2 0 0 0-2.2 2.2v4a2.2 2.2 0 0 0 4.4 0v-4A2.2 2.2 0 0 0 10 3zM5 9a5 5 0 0 0 10 0M10 14v3',
  overview: 'M4 5h9M4 10h12M4 15h6',
  pencil: 'M4 16l.8-3.4L13.6 3.8a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3L7.4 15.2z',
  people:
    'M8 4.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM3 16c.5-3 2.4-4.4 5-4.4s4.5 1.4 5 4.4M13 4.6a2.6 2.6 0 0 1 0 5M14.6 12c1.4.6 2.2 1.9 2.5 4',
  person: 'M10 3.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM3.8 16.8c.8-3.4 3.2-5 6.2-5s5.4 1.6 6.2 5',
  play: 'M6.5 4.2v11.6L16 10z',
  film: 'M3.5 4.5h13v11h-13zM8.2 7.4v5.2l4.3-2.6z',
  plus: 'M10 4v12M4 10h12',
  star: 'M10 2.8l2.2 4.6 5 .7-3.6 3.5.9 5L10 14.2l-4.5 2.4.9-5L2.8 8.1l5-.7z',
  warning: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6.2v4.6M10 13.4v.2',
} as const;

export type IconName = keyof typeof shapes;

/** Always beside words that say the same, so hidden from screen readers. */
export function Icon({ name, solid = false }: { name: IconName; solid?: boolean }) {
  return (
    <svg class={solid ? 'icon fill' : 'icon'} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}

import { initialsOf, plateLook } from './plate-look.ts';
import { platePattern } from './plate-pattern.ts';

interface PlateProps {
  /** A slug: the same one always gives the same picture. */
  seed: string;
  shape: 'poster' | 'portrait';
  /** Whose initials are cut out of the pattern. */
  name?: string;
}

/** A picture drawn from one family of line patterns, for everything that has no photograph. */
export function Plate({ seed, shape, name }: PlateProps) {
  const { width, height } = shape === 'poster' ? { width: 320, height: 180 } : { width: 240, height: 288 };
  const look = plateLook(seed);
  const pattern = platePattern(look, width, height);
  return (
    <div class={`plate ${look.ground} ${shape}`}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMidYMid slice"
        aria-hidden="true"
        focusable="false"
      >
        <path class={pattern.kind} d={pattern.path} />
        {name && (
          <text class="initials" x="16" y={height - 20}>
            {initialsOf(name)}
          </text>
        )}
      </svg>
    </div>
  );
}

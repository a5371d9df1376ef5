import './category-glyph.css';

export const GLYPH_SHAPES = ['ring-tick', 'half-disc', 'triangle', 'loop', 'flag'] as const;
export type GlyphShape = (typeof GLYPH_SHAPES)[number];

export interface CategoryGlyphProps {
  readonly shape: GlyphShape;
  /** Pixels. */
  readonly size?: number;
}

/** One of five silhouettes that differ without colour. Decorative: the class name always stands beside it. */
export function CategoryGlyph({ shape, size = 20 }: CategoryGlyphProps) {
  return (
    <svg className={`v-glyph v-shape-${shape}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {DRAWINGS[shape]}
    </svg>
  );
}

const LINE = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const DRAWINGS = {
  'ring-tick': (
    <g {...LINE} strokeWidth="2.4">
      <circle cx="12" cy="12" r="9" />
      <path d="m8 12.2 2.8 2.8L16 9.5" />
    </g>
  ),
  'half-disc': (
    <>
      <circle {...LINE} cx="12" cy="12" r="9" strokeWidth="2.4" />
      <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />
    </>
  ),
  triangle: (
    <path d="M12 2.6 22 20.6H2z" fill="currentColor" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
  ),
  loop: <path {...LINE} d="M7.5 7.5c-6 0-6 9 0 9 4.5 0 4.5-9 9-9 6 0 6 9 0 9-4.5 0-4.5-9-9-9z" strokeWidth="2.8" />,
  flag: (
    <g {...LINE}>
      <path d="M6 21.5v-18" strokeWidth="2.4" />
      <path d="M6 4.5h12l-3.2 4 3.2 4H6z" strokeWidth="2.2" />
    </g>
  ),
} as const satisfies Record<GlyphShape, unknown>;

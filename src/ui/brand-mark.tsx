/** The V of Vigía with its lookout's light. */
export function BrandMark({ size = 44 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 44 44" aria-hidden="true">
      <rect width="44" height="44" rx="12" fill="#0b5d63" />
      <path
        d="M8.5 22.5h5l5 11L28 13"
        fill="none"
        stroke="#fff"
        strokeWidth="3.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="34" cy="11" r="3.4" fill="#ffd166" />
    </svg>
  );
}

/** A key on a tile, as a data URI (RFC 2397). */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" rx="22" fill="#1d4ed8"/>' +
    '<g fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" stroke-linejoin="round">' +
    '<circle cx="34" cy="48" r="14"/><path d="M48 48h28v12M64 48v9"/></g></svg>',
)}`;

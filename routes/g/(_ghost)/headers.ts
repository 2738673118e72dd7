/**
 * What pages of ghost rooms say about themselves: their address is the way in, so no other site is told it, and no
 * search engine or cache keeps it.
 */
export const UNSEEN = {
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "x-robots-tag": "noindex, nofollow, noarchive",
};

/** What stands behind links. Times are the caller's clock, so that tests can move it. */
import type { Queryable } from "../client.ts";

export interface PreviewFound {
  title: string;
  description?: string;
  siteName?: string;
  type: string;
  image?: { key: string; width: number; height: number };
}

/** One fetch of one address: of several only the latest may say what it found. */
export interface PreviewClaim {
  urlHash: Uint8Array;
  claim: number;
}

interface Hold {
  now: Date;
  /** Nobody else begins before. */
  until: Date;
}

/** Of these addresses those that nothing is known about any more, and that nobody is about to fetch. */
export async function duePreviews(sql: Queryable, hashes: Uint8Array[], now: Date): Promise<Set<string>> {
  const rows = await sql<{ hash: string }[]>`
    select encode(url_hash, 'hex') as hash from link_previews
    where url_hash in ${sql(hashes)} and (expires_at > ${now} or claimed_until > ${now})`;
  const settled = new Set(rows.map(({ hash }) => hash));
  return new Set(hashes.map((hash) => hash.toHex())).difference(settled);
}

/** Claims an address for fetching. `null` when somebody else has, or when what is known of it still stands. */
export async function claimPreview(
  sql: Queryable,
  { urlHash, url }: { urlHash: Uint8Array; url: string },
  { now, until }: Hold,
): Promise<number | null> {
  const [row] = await sql<{ claim: number }[]>`
    insert into link_previews (url_hash, url, claimed_until, expires_at)
    values (${urlHash}, ${url}, ${until}, ${now})
    on conflict (url_hash) do update set claim = link_previews.claim + 1, claimed_until = excluded.claimed_until
      where link_previews.expires_at <= ${now} and link_previews.claimed_until <= ${now}
    returning claim`;
  return row?.claim ?? null;
}

/** Takes a claim over from whoever handed it on. `null` when it has lapsed and another one is in force, or fulfilled. */
export async function takePreview(
  sql: Queryable,
  { urlHash, claim }: PreviewClaim,
  { now, until }: Hold,
): Promise<number | null> {
  const [row] = await sql<{ claim: number }[]>`
    update link_previews set claim = claim + 1, claimed_until = ${until}
    where url_hash = ${urlHash} and expires_at <= ${now} and (claim = ${claim} or claimed_until <= ${now})
    returning claim`;
  return row?.claim ?? null;
}

/** Gives a claim back unfulfilled, for the next to take. */
export async function releasePreview(
  sql: Queryable,
  { urlHash, claim }: PreviewClaim,
  now: Date,
): Promise<void> {
  await sql`
    update link_previews set claimed_until = ${now} where url_hash = ${urlHash} and claim = ${claim}`;
}

/**
 * Keeps what a fetch found, `null` for nothing. Lets go of the picture that there was.
 * @returns whether the claim was still in force
 */
export async function storePreview(
  sql: Queryable,
  { urlHash, claim }: PreviewClaim,
  { found, at, expiresAt }: { found: PreviewFound | null; at: Date; expiresAt: Date },
): Promise<boolean> {
  const { count } = await sql`
    with before as (
      select url_hash, image from link_previews where url_hash = ${urlHash} and claim = ${claim} for update
    ), let_go as (
      insert into let_go_pictures (key) select image from before where image is not null
    )
    update link_previews p set
      state = ${found ? "found" : "nothing"}, title = ${found?.title ?? null},
      description = ${found?.description ?? null}, site_name = ${found?.siteName ?? null},
      type = ${found?.type ?? null}, image = ${found?.image?.key ?? null},
      image_width = ${found?.image?.width ?? null}, image_height = ${found?.image?.height ?? null},
      claimed_until = ${at}, fetched_at = ${at}, expires_at = ${expiresAt}
    from before where p.url_hash = before.url_hash`;
  return count > 0;
}

/**
 * Removes up to `limit` rows that are of no use: expired ones, and those that no message names. Lets go of their pictures.
 * What somebody is fetching stays.
 * @returns how many
 */
export async function removePreviews(sql: Queryable, now: Date, limit: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    with useless as (
      select url_hash from link_previews p
      where claimed_until <= ${now} and (expires_at <= ${now} or not exists (
        select from message_links l where l.url_hash = p.url_hash))
      limit ${limit} for update skip locked
    ), gone as (
      delete from link_previews p using useless u where p.url_hash = u.url_hash returning p.image
    ), let_go as (
      insert into let_go_pictures (key) select image from gone where image is not null
    )
    select count(*)::int as count from gone`;
  return row!.count;
}

/** Pictures that no address has and no message shows. */
export async function unshownPictures(sql: Queryable, limit: number): Promise<string[]> {
  const rows = await sql<{ key: string }[]>`
    select key from let_go_pictures p where not exists (select from message_links l where l.image = p.key)
    limit ${limit}`;
  return rows.map(({ key }) => key);
}

/** Their files are gone. */
export async function forgetPictures(sql: Queryable, keys: string[]): Promise<void> {
  await sql`delete from let_go_pictures where key = any (${keys}::text[])`;
}
